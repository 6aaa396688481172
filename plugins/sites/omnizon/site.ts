import { scriptedWorks } from "halo-agent/site";
import { sitePlugin } from "halo-agent/site/assets";
import { omnizon } from "./omnizon.ts";
import { update } from "./state/update.ts";

/** The web shop: a catalogue of 216 products, whose whole state is one JSON value. */
export default sitePlugin(omnizon, {
  summary: "an Amazon-like web shop: search, filters, product pages, cart, checkout, orders",
  folder: new URL("app/", import.meta.url),
  title: "Omnizon",
  scripts: { "/*": "main.tsx", "/config": "routes.ts", "/finish": "routes.ts", "/submit": "routes.ts" },
  works: async () => scriptedWorks((await import("./official/runs.ts")).runs, update),
});
