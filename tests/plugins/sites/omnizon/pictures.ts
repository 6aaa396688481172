/** Makes the pictures of docs/sites/omnizon.md from the real pages: `node tests/plugins/sites/omnizon/pictures.ts`. */
import { siteTasks } from "../../../../core/site.ts";
import { omnizon } from "../../../../plugins/sites/omnizon/omnizon.ts";
import site from "../../../../plugins/sites/omnizon/site.ts";
import { makePictures } from "../../../docs/site-pictures.ts";
import { click, type } from "../steps.ts";

const search = (text: string) => type("searchbox", /^Search the shop/, text, true);
const card = click("button", /^Add a payment card$/);
const cart = [{ id: "1", quantity: 2 }, { id: "212", quantity: 1 }, { id: "145", quantity: 1 }];
const checkout = { cart, opens: "checkout" };

const task = siteTasks(omnizon, { templates: ["search"], max_optimum: 1, cap: 0 })
  .draw({ split: "train", index: 0, seed: 0 });
await makePictures({
  "omnizon-home": { setup: {}, steps: [] },
  "omnizon-results": { setup: {}, steps: [search("headphones"), click("checkbox", /^Tonwerk/)] },
  "omnizon-product": {
    setup: {},
    steps: [search("diving watch"), click("link", /^Meridiem Jetty Diving Watch$/), click("button", /^Add to Cart/)],
  },
  "omnizon-cart": {
    setup: { cart, saved: [{ id: "91", quantity: 1 }] },
    steps: [click("link", /^Cart,/), click("button", /^Change quantity/)],
  },
  "omnizon-checkout": { setup: checkout, steps: [] },
  "omnizon-card": {
    setup: checkout,
    steps: [
      card,
      type("textbox", /^Name on card$/, "Federico Lopez"),
      type("textbox", /^Card number$/, "4410 72"),
      type("textbox", /^Expiry month$/, "13"),
    ],
  },
  "omnizon-confirmation": { setup: checkout, steps: [click("button", /^Place your order$/)] },
  "omnizon-orders": { setup: {}, steps: [click("link", /^Orders$/)] },
}, { site: await site.create({}, {}), task });
