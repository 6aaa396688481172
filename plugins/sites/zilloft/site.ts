import { scriptedWorks } from "halo-agent/site";
import { sitePlugin } from "halo-agent/site/assets";
import { zilloft } from "./zilloft.ts";
import { clock } from "./state/time.ts";
import { update } from "./state/update.ts";

/** A site for homes to buy and rent, with filters, tours and messages to agents. */
export default sitePlugin(zilloft, {
  summary: "a Zillow-like site for homes: search, filters, saved homes, tours, messages to agents",
  folder: new URL("app/", import.meta.url),
  title: "Zilloft",
  scripts: { "/*": "main.tsx", "/config": "routes.ts", "/finish": "routes.ts", "/submit": "routes.ts" },
  works: async () => {
    const [{ runs }, { earlierRuns }] = await Promise.all([
      import("./official/runs.ts"),
      import("./official/earlier-runs.ts"),
    ]);
    return scriptedWorks({ ...runs, ...earlierRuns }, { clock, update });
  },
});
