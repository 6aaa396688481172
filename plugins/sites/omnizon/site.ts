import { scriptedWorks } from "halo-agent/site";
import { sitePlugin } from "halo-agent/site/assets";
import { omnizon } from "./omnizon.ts";
import { clock } from "./state/time.ts";
import { update } from "./state/update.ts";

/** The web shop: a catalogue of 216 products, whose whole state is one JSON value. */
export default sitePlugin(omnizon, {
  summary: "an Amazon-like web shop: search, filters, product pages, cart, checkout, orders",
  folder: new URL("app/", import.meta.url),
  title: "Omnizon",
  scripts: { "/*": "main.tsx", "/config": "routes.ts", "/finish": "routes.ts", "/submit": "routes.ts" },
  works: async () => {
    const [{ runs }, { earlierRuns }] = await Promise.all([
      import("./official/runs.ts"),
      import("./official/earlier-runs.ts"),
    ]);
    return scriptedWorks({ ...runs, ...earlierRuns }, { clock, update });
  },
});
