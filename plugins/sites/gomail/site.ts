import { definePlugin } from "halo-agent";
import { siteOf } from "halo-agent/site";
import { siteAssets } from "halo-agent/site/assets";
import { gomail } from "./gomail.ts";

/** The mail site: a Gmail-like page whose whole state is one JSON value. */
export default definePlugin({
  kind: "site",
  name: "gomail",
  summary: "a Gmail-like mail site: lists, search, labels, compose, reply",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      scramble: {
        type: "integer",
        minimum: 0,
        description: "Seed that renames every id and class of the page; absent or 0 leaves them as written.",
      },
    },
  },
  create: ({ scramble }) =>
    siteOf(gomail, () =>
      siteAssets({
        folder: new URL("app/", import.meta.url),
        title: "GoMail",
        scripts: { "/": "main.tsx", "/config": "routes.ts", "/finish": "routes.ts", "/submit": "routes.ts" },
        scramble,
      })),
});
