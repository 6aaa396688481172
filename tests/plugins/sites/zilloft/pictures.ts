/** Makes the pictures of docs/sites/zilloft.md from the real pages: `node tests/plugins/sites/zilloft/pictures.ts`. */
import { siteTasks } from "../../../../core/site.ts";
import site from "../../../../plugins/sites/zilloft/site.ts";
import { zilloft } from "../../../../plugins/sites/zilloft/zilloft.ts";
import { makePictures } from "../../../docs/site-pictures.ts";
import { click, type } from "../steps.ts";

const search = (place: string) => type("searchbox", /^Address/, place, true);
const maximum = [click("button", /^Price/), click("button", /^Maximum/)];
const home = [search("Oakland, CA"), click("link", /^Open /)];
const [saturday, two, four] = [click("button", /^Sat/), click("button", /^2:00/), click("button", /^4:00/)];

const task = siteTasks(zilloft, { templates: ["search"], max_optimum: 1, cap: 0 })
  .draw({ split: "train", index: 0, seed: 0 });
await makePictures({
  "zilloft-home": { steps: [] },
  "zilloft-results": {
    steps: [search("San Francisco, CA"), ...maximum, click("option", /^\$750,000$/), click("button", /^Apply/)],
  },
  "zilloft-price": { steps: [search("San Francisco, CA"), ...maximum] },
  "zilloft-listing": { steps: home },
  "zilloft-tour": { steps: [...home, click("button", /^Request/), saturday, two, four] },
  "zilloft-saved": {
    steps: [
      search("Boston, MA"),
      click("button", /^Save search/),
      click("button", /^Save \d/),
      click("link", /^Saved/),
    ],
  },
}, { site: await site.create({}, {}), task });
