/** Makes the pictures of docs/sites/zilloft.md from the real pages: `node tests/plugins/sites/zilloft/pictures.ts`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Action, Observation } from "halo-agent";
import { siteTasks } from "../../../../core/site.ts";
import replica from "../../../../plugins/replica/environment.ts";
import site from "../../../../plugins/sites/zilloft/site.ts";
import { zilloft } from "../../../../plugins/sites/zilloft/zilloft.ts";
import { smaller } from "../../../docs/smaller-png.ts";

type Step = (seen: Observation) => Action;

function el(seen: Observation, role: string, name: RegExp): string {
  const found = seen.elements.find((e) => e.role === role && name.test(e.name));
  if (found === undefined) throw new Error(`no ${role} ${name} on the page`);
  return found.id;
}

const open = (role: string, name: RegExp): Step => (seen) => ({ action: "click", el: el(seen, role, name) });
const write = (role: string, name: RegExp, text: string, submit = false): Step => (seen) => ({
  action: "type",
  el: el(seen, role, name),
  text,
  clear: true,
  submit,
});
const search = (place: string): Step => write("searchbox", /^Address/, place, true);
const maximum = [open("button", /^Price/), open("button", /^Maximum/)];
const home = [search("Oakland, CA"), open("link", /^Open /)];

/** The steps from the opening page to each picture. */
const pictures: Readonly<Record<string, readonly Step[]>> = {
  home: [],
  results: [search("San Francisco, CA"), ...maximum, open("option", /^\$750,000$/), open("button", /^Apply/)],
  price: [search("San Francisco, CA"), ...maximum],
  listing: home,
  tour: [...home, open("button", /^Request/), open("button", /^Sat/), open("button", /^2:00/), open("button", /^4:00/)],
  saved: [search("Boston, MA"), open("button", /^Save search/), open("button", /^Save \d/), open("link", /^Saved/)],
};

const signal = AbortSignal.timeout(240_000);
const environment = await replica.create(
  { site: await site.create({}, {}), stop: "declared", forking: "native", pages: 1 },
  {},
);
try {
  const task = siteTasks(zilloft, { templates: ["search"], max_optimum: 1, cap: 0 })
    .draw({ split: "train", index: 0, seed: 0 });
  for (const [name, steps] of Object.entries(pictures)) {
    const episode = await environment.open({ ...task, params: {} }, { seed: 0, signal });
    let seen = await episode.observe({ need: { screenshot: true }, signal });
    for (const step of steps) {
      const { observation, error } = await episode.step(step(seen), { need: { screenshot: true }, signal });
      if (error) throw new Error(`${name}: ${error.message}`);
      seen = observation;
    }
    const file = fileURLToPath(new URL(`../../../../docs/img/zilloft-${name}.png`, import.meta.url));
    writeFileSync(file, smaller(seen.screenshot!.png));
    await episode.close();
  }
} finally {
  await environment.close();
}
