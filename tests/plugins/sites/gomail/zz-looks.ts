// runtime: node
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { Action, Observation } from "halo-agent";
import { boxFont } from "../../../../core/site/box-font.ts";
import replica from "../../../../plugins/replica/environment.ts";
import gomail from "../../../../plugins/sites/gomail/site.ts";
import { gomailTasks } from "./kit.ts";
import * as assert from "uvu/assert"; type TestContext = any;



/** Letters that Arimo has, that it has not, and ones that browsers like to take from a font of their own. */
const strange = "Zażółć gęślą jaźń, Ελλάδα, Москва, 東京 한국어, 😀👍🏽 ❤️ ✓★→ 1️⃣ fi – — …";

/** A way through the site; every step's page is looked at. */
const way: readonly ((seen: Observation) => Action)[] = [
  click("link", /^Open email from Jane Smith/),
  click("button", /^Snooze$/),
  key("Escape"),
  click("button", /^Reply$/),
  (seen) => ({ action: "type", el: find(seen, "textbox", /^Reply message$/), text: strange, clear: true }),
  click("button", /^Compose$/),
  (seen) => ({ action: "type", el: find(seen, "combobox", /^To$/), text: "ang", clear: true }),
  (seen) => ({ action: "type", el: find(seen, "textbox", /^Subject$/), text: strange, clear: true }),
  click("button", /^Discard draft$/),
  click("button", /^Back to inbox$/),
  click("checkbox", /^Select email from John Doe/),
  click("button", /^Snooze$/),
  key("Escape"),
  click("button", /^Advanced search options$/),
  key("Escape"),
  click("button", /^Settings$/),
  click("tab", /^Appearance$/),
];

function click(role: string, name: RegExp): (seen: Observation) => Action {
  return (seen) => ({ action: "click", el: find(seen, role, name) });
}

function key(name: string): () => Action {
  return () => ({ action: "key", keys: [name] });
}

function find(seen: Observation, role: string, name: RegExp): string {
  const found = seen.elements.find((e) => e.role === role && name.test(e.name));
  if (found === undefined) throw new Error(`no ${role} ${name} among ${seen.elements.map((e) => e.name).join(", ")}`);
  return found.id;
}

/** Fontconfig files: no font at all, one font, and the machine's fonts with settings that draw letters in other ways. */
function setUps(t: TestContext): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "halo-fonts-"));
  t.defer(() => rmSync(folder, { recursive: true }));
  const write = (name: string, dirs: readonly string[], rules = ""): string => {
    const file = join(folder, `${name}.conf`);
    const places = dirs.map((dir) => `<dir>${dir}</dir>`).join("");
    const text = `<fontconfig>${places}<cachedir>${join(folder, "cache")}</cachedir>${rules}</fontconfig>`;
    writeFileSync(file, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">${text}`);
    return file;
  };
  const one = join(folder, "one");
  mkdirSync(one);
  writeFileSync(join(one, "font.ttf"), boxFont());
  const set = (name: string, value: string) => `<edit name="${name}" mode="assign">${value}</edit>`;
  const screen = set("rgba", "<const>rgb</const>") + set("hintstyle", "<const>hintfull</const>") +
    set("hinting", "<bool>true</bool>") + set("autohint", "<bool>true</bool>");
  return {
    "no font": write("none", []),
    "one font": write("one", [one]),
    "coloured edges and full hints": write("screen", ["/usr/share/fonts"], `<match target="font">${screen}</match>`),
  };
}

/** What each page of the way looks like. */
async function looks(t: TestContext): Promise<readonly Look[]> {
  const site = await gomail.create({}, {});
  const environment = await replica.create({ site, stop: "declared", forking: "native", pages: 1 }, {});
  try {
    const tasks = gomailTasks({ templates: ["star"], max_optimum: 8, cap: 0 });
    const task = tasks.draw({ split: "train", index: 0, seed: 0 });
    const episode = await environment.open(task, { seed: 0, signal: t.signal });
    const need = { screenshot: true };
    let seen = await episode.observe({ need, signal: t.signal });
    const pages = [lookOf(seen)];
    for (const next of way) {
      const { observation, error } = await episode.step(next(seen), { need, signal: t.signal });
      assert.is(error, undefined);
      seen = observation;
      pages.push(lookOf(seen));
    }
    return pages;
  } finally {
    await environment.close();
  }
}

interface Look {
  readonly pixels: string | undefined;
  readonly elements: Observation["elements"];
}

const lookOf = ({ elements, screenshot }: Observation): Look => ({ pixels: screenshot?.sha256, elements });


const r = await looks({signal: AbortSignal.timeout(100000)});
import { createHash } from "node:crypto";
for (const {pixels, elements} of r) console.log(pixels!.slice(0,12), createHash("sha256").update(JSON.stringify(elements)).digest("hex").slice(0,12));
