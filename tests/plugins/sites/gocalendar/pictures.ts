/** Makes the pictures of docs/sites/gocalendar.md from the real pages: `node tests/plugins/sites/gocalendar/pictures.ts`. */
import { siteTasks } from "../../../../core/site.ts";
import { gocalendar } from "../../../../plugins/sites/gocalendar/gocalendar.ts";
import site from "../../../../plugins/sites/gocalendar/site.ts";
import { makePictures } from "../../../docs/site-pictures.ts";
import { click, type } from "../steps.ts";

const [create, event, save] = [click("button", /^Create/), click("menuitem", /^Event/), click("button", /^Save/)];
const friday = [
  create,
  event,
  type("textbox", /^Title/, "Plan for Friday"),
  type("combobox", /^Add guests/, "Priya", true),
];

const task = siteTasks(gocalendar, { templates: ["all"], max_optimum: 8, cap: 0 })
  .draw({ split: "train", index: 0, seed: 0 });
await makePictures({
  "gocalendar-week": { steps: [] },
  "gocalendar-month": { steps: [click("button", /^View/), click("menuitem", /^Month/)] },
  "gocalendar-new": {
    steps: [...friday, type("textbox", /^Date/, "someday"), save, type("textbox", /^Location/, "Room Cedar")],
  },
  "gocalendar-details": {
    steps: [...friday, save, click("button", /^Send/), click("button", /^Open event Plan for Friday/)],
  },
  "gocalendar-edit": {
    steps: [click("button", /^Open event Morning Coffee/), click("button", /^Edit/), click("button", /^Choose date/)],
  },
  "gocalendar-tasks": { steps: [click("link", /^Tasks/)] },
  "gocalendar-search": { steps: [type("searchbox", /^Search events/, "piano", true)] },
  "gocalendar-calendar": { steps: [click("button", /^Add calendar/), type("textbox", /^Name/, "Chess club")] },
}, { site: await site.create({}, {}), task });
