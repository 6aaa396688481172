import { scriptedWorks } from "halo-agent/site";
import { sitePlugin } from "halo-agent/site/assets";
import { gomail } from "./gomail.ts";
import { clock } from "./state/time.ts";
import { update } from "./state/update.ts";

/** The mail site: a Gmail-like page whose whole state is one JSON value. */
export default sitePlugin(gomail, {
  summary: "a Gmail-like mail site: lists, search, labels, compose, reply",
  folder: new URL("app/", import.meta.url),
  title: "GoMail",
  scripts: { "/": "main.tsx", "/config": "routes.ts", "/finish": "routes.ts", "/submit": "routes.ts" },
  works: async () => {
    const [{ runs }, { earlierRuns }] = await Promise.all([
      import("./official/runs.ts"),
      import("./official/earlier-runs.ts"),
    ]);
    return scriptedWorks({ ...runs, ...earlierRuns }, { clock, update });
  },
});
