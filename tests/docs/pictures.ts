/** Makes the pictures of the mail site in docs/img from the real pages: `node tests/docs/pictures.ts`. */
import gomail from "../../plugins/sites/gomail/site.ts";
import { gomailTasks } from "../plugins/sites/gomail/kit.ts";
import { click, key, type } from "../plugins/sites/steps.ts";
import { makePictures } from "./site-pictures.ts";

const task = gomailTasks({ templates: ["star"], max_optimum: 8, cap: 0 }).draw({ split: "train", index: 0, seed: 0 });
await makePictures({
  "gomail-inbox": { steps: [] },
  "gomail-message": {
    steps: [click("link", /^Open email from Jane Smith, Project update: deadline extended$/)],
  },
  "gomail-compose": {
    steps: [
      click("button", /^Compose$/),
      type("combobox", /^To$/, "angela.white@example.com"),
      key("Tab"),
      type("textbox", /^Subject$/, "Plan for Friday"),
      type(
        "textbox",
        /^Message$/,
        "Hi Angela,\n\nshall we meet at ten in the small room? I will bring the numbers for the second quarter.\n\nFede",
      ),
    ],
  },
  "gomail-search-options": {
    steps: [
      click("button", /^Advanced search options$/),
      type("textbox", /^From$/, "support"),
      type("textbox", /^Has the words$/, "ticket"),
      click("button", /^Date within: Any time$/),
      click("option", /^2 months$/),
      type("textbox", /^of the day$/, "2024-07-18"),
    ],
  },
  "gomail-settings": {
    steps: [click("button", /^Settings$/), type("textbox", /^Signature$/, "Fede Lopez\nSan Francisco")],
  },
}, { site: await gomail.create({}, {}), task });
