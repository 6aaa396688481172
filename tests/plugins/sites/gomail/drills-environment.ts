import { definePlugin } from "halo-agent";
import gomail from "../../../../plugins/sites/gomail/site.ts";
import { actWhole, showWhole } from "./drills-mailbox.ts";
import { mailboxes } from "./mailboxes.ts";

/** The mail site without a browser, with whole lists, contacts and the banner in a random half: drills can be rehearsed. */
export default definePlugin({
  kind: "environment",
  name: "drills",
  summary: "The mail site in memory, with what its drills need.",
  options: { type: "object", additionalProperties: false, properties: {} },
  async create() {
    const site = await gomail.create({ banner: "random" }, {});
    const pages = { site, show: showWhole, act: actWhole, endsSolved: false };
    return mailboxes(pages, { forking: "native", sideEffects: "none", capacity: 8 });
  },
});
