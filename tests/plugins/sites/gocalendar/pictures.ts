/** Makes the pictures of docs/sites/gocalendar.md from the real pages: `node tests/plugins/sites/gocalendar/pictures.ts`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Action, Observation } from "halo-agent";
import { siteTasks } from "../../../../core/site.ts";
import replica from "../../../../plugins/replica/environment.ts";
import { gocalendar } from "../../../../plugins/sites/gocalendar/gocalendar.ts";
import site from "../../../../plugins/sites/gocalendar/site.ts";
import { smaller } from "../../../docs/smaller-png.ts";

type Step = (seen: Observation) => Action;

function el(seen: Observation, role: string, name: string): string {
  const found = seen.elements.find((e) => e.role === role && e.name.startsWith(name));
  if (found === undefined) throw new Error(`no ${role} "${name}" on the page`);
  return found.id;
}

const open = (role: string, name: string): Step => (seen) => ({ action: "click", el: el(seen, role, name) });
const write = (role: string, name: string, text: string, submit = false): Step => (seen) => ({
  action: "type",
  el: el(seen, role, name),
  text,
  clear: true,
  submit,
});
const [create, event, save] = [open("button", "Create"), open("menuitem", "Event"), open("button", "Save")];
const friday = [
  create,
  event,
  write("textbox", "Title", "Plan for Friday"),
  write("combobox", "Add guests", "Priya", true),
];

/** The steps from the opening page to each picture. */
const pictures: Readonly<Record<string, readonly Step[]>> = {
  week: [],
  month: [open("button", "View"), open("menuitem", "Month")],
  new: [...friday, write("textbox", "Date", "someday"), save, write("textbox", "Location", "Room Cedar")],
  details: [...friday, save, open("button", "Send"), open("button", "Open event Plan for Friday")],
  edit: [open("button", "Open event Morning Coffee"), open("button", "Edit"), open("button", "Choose date")],
  tasks: [open("link", "Tasks")],
  search: [write("searchbox", "Search events", "piano", true)],
  calendar: [open("button", "Add calendar"), write("textbox", "Name", "Chess club")],
};

const signal = AbortSignal.timeout(240_000);
const environment = await replica.create(
  { site: await site.create({}, {}), stop: "declared", forking: "native", pages: 1 },
  {},
);
try {
  const options = { templates: ["all"], max_optimum: 8, cap: 0 };
  const task = siteTasks(gocalendar, options).draw({ split: "train", index: 0, seed: 0 });
  for (const [name, steps] of Object.entries(pictures)) {
    const episode = await environment.open({ ...task, params: {} }, { seed: 0, signal });
    let seen = await episode.observe({ need: { screenshot: true }, signal });
    for (const step of steps) {
      const { observation, error } = await episode.step(step(seen), { need: { screenshot: true }, signal });
      if (error) throw new Error(`${name}: ${error.message}`);
      seen = observation;
    }
    const file = new URL(`../../../../docs/img/gocalendar-${name}.png`, import.meta.url);
    writeFileSync(fileURLToPath(file), smaller(seen.screenshot!.png));
    await episode.close();
  }
} finally {
  await environment.close();
}
