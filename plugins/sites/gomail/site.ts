import { scriptedWorks } from "halo-agent/site";
import { sitePlugin } from "halo-agent/site/assets";
import { gomail } from "./gomail.ts";
import { update } from "./state/update.ts";

/** The mail site: a Gmail-like page whose whole state is one JSON value. */
export default sitePlugin(gomail, {
  summary: "a Gmail-like mail site: lists, search, labels, compose, reply",
  folder: new URL("app/", import.meta.url),
  title: "GoMail",
  scripts: { "/": "main.tsx", "/config": "routes.ts", "/finish": "routes.ts", "/submit": "routes.ts" },
  works: async () => scriptedWorks((await import("./official/runs.ts")).runs, update),
});
