import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { Call } from "../domain/call.ts";
import type { Observation } from "../domain/observation.ts";
import type { Site } from "../domain/site.ts";
import type { SiteTypes } from "../site/family.ts";
import { keyedRng } from "../stats/rng.ts";
import { randomAction } from "./random-action.ts";
import { endState, withPages } from "./site-pages.ts";
import type { Suite } from "./suite.ts";

/** What a page looks like, and the names in it. */
interface Look {
  readonly elements: Observation["elements"];
  readonly pixels: string | undefined;
  readonly state: string;
  /** Ids, classes and names of data attributes. */
  readonly names: readonly string[];
}

/** The same way on pages with other ids and classes. */
export async function scrambled<T extends SiteTypes>(suite: Suite<T>, o: Call): Promise<void> {
  const plain = await plainLooksOf(suite, o);
  const other = await looksOf(suite, suite.scrambled!, o);
  same(other, plain, "with other ids and classes");
  for (const [i, { names }] of plain.entries()) {
    const others = new Set(other[i]!.names);
    assert.equal(others.size, names.length, `names on page ${i}`);
    assert.deepEqual(names.filter((name) => others.has(name)), [], `names on page ${i} that were not changed`);
  }
  assert.ok(plain.some(({ names }) => names.length > 0), "no element of the pages has an id or a class");
}

/** The same way in browsers with other fonts and font settings. */
export async function fonts<T extends SiteTypes>(suite: Suite<T>, o: Call): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "halo-fonts-"));
  const before = process.env["FONTCONFIG_FILE"];
  try {
    const own = await plainLooksOf(suite, o);
    for (const [name, file] of Object.entries(fontSetUps(folder))) {
      process.env["FONTCONFIG_FILE"] = file;
      same(await looksOf(suite, suite.site, o), own, `with ${name}`);
    }
  } finally {
    if (before === undefined) delete process.env["FONTCONFIG_FILE"];
    else process.env["FONTCONFIG_FILE"] = before;
    rmSync(folder, { recursive: true });
  }
}

/** Fontconfig files: no font at all, and the machine's fonts with settings that draw letters in other ways. */
export function fontSetUps(folder: string): Readonly<Record<string, string>> {
  const write = (name: string, dirs: readonly string[], rules = ""): string => {
    const file = join(folder, `${name}.conf`);
    const places = dirs.map((dir) => `<dir>${dir}</dir>`).join("");
    const text = `<fontconfig>${places}<cachedir>${join(folder, "cache")}</cachedir>${rules}</fontconfig>`;
    writeFileSync(file, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">${text}`);
    return file;
  };
  const set = (name: string, value: string) => `<edit name="${name}" mode="assign">${value}</edit>`;
  const screen = set("rgba", "<const>rgb</const>") + set("hintstyle", "<const>hintfull</const>") +
    set("hinting", "<bool>true</bool>") + set("autohint", "<bool>true</bool>");
  return {
    "no font": write("none", []),
    "coloured edges and full hints": write("screen", ["/usr/share/fonts"], `<match target="font">${screen}</match>`),
  };
}

const plainLooks = new WeakMap<object, Promise<readonly Look[]>>();

/** What all others are compared with: the site with its own names on the machine's own fonts. Looked at once for a suite. */
function plainLooksOf<T extends SiteTypes>(suite: Suite<T>, o: Call): Promise<readonly Look[]> {
  const known = plainLooks.get(suite);
  if (known) return known;
  const looks = looksOf(suite, suite.site, o);
  plainLooks.set(suite, looks);
  looks.catch(() => plainLooks.delete(suite));
  return looks;
}

/** The pages of the tour, else of a random walk, in a browser of their own. */
async function looksOf<T extends SiteTypes>({ tasks, tour }: Suite<T>, site: Site, o: Call): Promise<Look[]> {
  const rng = keyedRng("suite", "looks");
  const walk = Array.from({ length: 12 }, () => (seen: Observation) => randomAction(seen, rng));
  const need = { screenshot: true };
  return await withPages(site, async (pages) => {
    const episode = await pages.open(tasks[0]!, o);
    const looks: Look[] = [];
    const look = async ({ elements, screenshot }: Observation): Promise<void> => {
      const [state, names] = [await endState(episode, o), await pages.names(episode, o)];
      looks.push({ elements, pixels: screenshot?.sha256, state, names });
    };
    let seen = await episode.observe({ need, ...o });
    await look(seen);
    for (const next of tour ?? walk) {
      const action = next(seen);
      const { observation, error } = await episode.step(action, { need, ...o });
      if (tour) assert.equal(error, undefined, `${JSON.stringify(action)} of the tour failed: ${error?.message}`);
      await look(seen = observation);
    }
    return looks;
  });
}

function same(looks: readonly Look[], expected: readonly Look[], when: string): void {
  assert.equal(looks.length, expected.length);
  for (const [i, { elements, pixels, state }] of expected.entries()) {
    assert.deepEqual(looks[i]!.elements, elements, `elements of page ${i} ${when}`);
    assert.equal(looks[i]!.state, state, `state of page ${i} ${when}`);
    assert.equal(looks[i]!.pixels, pixels, `pixels of page ${i} ${when}`);
  }
}
