/** Makes the pictures of the replica sites in docs/img from the real pages: `node tests/docs/pictures.ts`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Action, Observation } from "halo-agent";
import replica from "../../plugins/replica/environment.ts";
import gomail from "../../plugins/sites/gomail/site.ts";
import { gomailTasks } from "../plugins/sites/gomail/kit.ts";
import { smaller } from "./smaller-png.ts";

type Step = (seen: Observation) => Action;

const open = (role: string, name: string): Step => (seen) => ({ action: "click", el: el(seen, role, name) });
const write = (role: string, name: string, text: string): Step => (seen) => ({
  action: "type",
  el: el(seen, role, name),
  text,
  clear: true,
});

function el(seen: Observation, role: string, name: string): string {
  const found = seen.elements.find((e) => e.role === role && e.name === name);
  if (found === undefined) throw new Error(`no ${role} "${name}" on the page`);
  return found.id;
}

/** The steps from the inbox to each picture. */
const pictures: Readonly<Record<string, readonly Step[]>> = {
  "gomail-inbox": [],
  "gomail-message": [open("link", "Open email from Jane Smith, Project update: deadline extended")],
  "gomail-compose": [
    open("button", "Compose"),
    write("combobox", "To", "angela.white@example.com"),
    () => ({ action: "key", keys: ["Tab"] }),
    write("textbox", "Subject", "Plan for Friday"),
    write(
      "textbox",
      "Message",
      "Hi Angela,\n\nshall we meet at ten in the small room? I will bring the numbers for the second quarter.\n\nFede",
    ),
  ],
  "gomail-search-options": [
    open("button", "Advanced search options"),
    write("textbox", "From", "support"),
    write("textbox", "Has the words", "ticket"),
    open("button", "Date within: Any time"),
    open("option", "2 months"),
    write("textbox", "of the day", "2024-07-18"),
  ],
  "gomail-settings": [open("button", "Settings"), write("textbox", "Signature", "Fede Lopez\nSan Francisco")],
};

const signal = AbortSignal.timeout(120_000);
const site = await gomail.create({}, {});
const environment = await replica.create({ site, stop: "declared", forking: "native", pages: 1 }, {});
try {
  const task = gomailTasks({ templates: ["star"], max_optimum: 8, cap: 0 }).draw({ split: "train", index: 0, seed: 0 });
  for (const [name, steps] of Object.entries(pictures)) {
    const episode = await environment.open({ ...task, params: {} }, { seed: 0, signal });
    let seen = await episode.observe({ need: { screenshot: true }, signal });
    for (const step of steps) {
      const { observation, error } = await episode.step(step(seen), { need: { screenshot: true }, signal });
      if (error) throw new Error(`${name}: ${error.message}`);
      seen = observation;
    }
    writeFileSync(fileURLToPath(new URL(`../../docs/img/${name}.png`, import.meta.url)), smaller(seen.screenshot!.png));
    await episode.close();
  }
} finally {
  await environment.close();
}
