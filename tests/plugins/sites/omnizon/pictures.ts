/** Makes the pictures of the shop from the real pages: `node tests/plugins/sites/omnizon/pictures.ts`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Action } from "../../../../core/domain/action.ts";
import type { Observation } from "../../../../core/domain/observation.ts";
import { siteTasks } from "../../../../core/site.ts";
import replica from "../../../../plugins/replica/environment.ts";
import { omnizon } from "../../../../plugins/sites/omnizon/omnizon.ts";
import site from "../../../../plugins/sites/omnizon/site.ts";
import type { Setup } from "../../../../plugins/sites/omnizon/state/state.ts";
import { smaller } from "../../../docs/smaller-png.ts";

type Step = (seen: Observation) => Action;

const el = (seen: Observation, name: string): string => {
  const found = seen.elements.find((e) => e.name === name) ?? seen.elements.find((e) => e.name.startsWith(name));
  if (found === undefined) throw new Error(`no "${name}" on the page`);
  return found.id;
};
const click = (name: string): Step => (seen) => ({ action: "click", el: el(seen, name) });
const write = (name: string, text: string, submit = false): Step => (seen) => ({
  action: "type",
  el: el(seen, name),
  text,
  clear: true,
  submit,
});
const search = (text: string): Step => write("Search the shop", text, true);

const cart = [{ id: "1", quantity: 2 }, { id: "212", quantity: 1 }, { id: "145", quantity: 1 }];
const watch = [search("diving watch"), click("Meridiem Jetty Diving Watch")];

/** What the shop begins with, and the steps to each picture. */
const pictures: Readonly<Record<string, readonly [setup: Setup, ...steps: readonly Step[]]>> = {
  "omnizon-home": [{}],
  "omnizon-results": [{}, search("headphones"), click("Tonwerk")],
  "omnizon-product": [{}, ...watch, click("Add to Cart")],
  "omnizon-cart": [{ cart, saved: [{ id: "91", quantity: 1 }] }, click("Cart,"), click("Change quantity")],
  "omnizon-checkout": [{ cart, opens: "checkout" }],
  "omnizon-card": [
    { cart, opens: "checkout" },
    click("Add a payment card"),
    write("Name on card", "Federico Lopez"),
    write("Card number", "4410 72"),
    write("Expiry month", "13"),
  ],
  "omnizon-confirmation": [{ cart, opens: "checkout" }, click("Place your order")],
  "omnizon-orders": [{}, click("Orders")],
};

const signal = AbortSignal.timeout(240_000);
const environment = await replica.create(
  { site: await site.create({}, {}), stop: "declared", forking: "native", pages: 1 },
  {},
);
try {
  const task = siteTasks(omnizon, { templates: ["search"], max_optimum: 1, cap: 0 })
    .draw({ split: "train", index: 0, seed: 0 });
  for (const [name, [setup, ...steps]] of Object.entries(pictures)) {
    const params = { setup: JSON.parse(JSON.stringify(setup)) };
    const episode = await environment.open({ ...task, params }, { seed: 0, signal });
    let seen = await episode.observe({ need: { screenshot: true }, signal });
    for (const step of steps) {
      const { observation, error } = await episode.step(step(seen), { need: { screenshot: true }, signal });
      if (error) throw new Error(`${name}: ${error.message}`);
      seen = observation;
    }
    const file = fileURLToPath(new URL(`../../../../docs/img/${name}.png`, import.meta.url));
    writeFileSync(file, smaller(seen.screenshot!.png));
    await episode.close();
  }
} finally {
  await environment.close();
}
