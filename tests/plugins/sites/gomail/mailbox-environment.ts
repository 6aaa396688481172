import { type Action, definePlugin } from "halo-agent";
import gomail from "../../../../plugins/sites/gomail/site.ts";
import { act, type Mailbox, show } from "./mailbox.ts";
import { mailboxes } from "./mailboxes.ts";

/**
 * The mail site as an environment without a browser: the site's own state and predicate, pages from mailbox.ts. It forks
 * by value and a step takes a millisecond, so that searches and training runs can be tested and rehearsed.
 */
export default definePlugin({
  kind: "environment",
  name: "mailbox",
  summary: "The mail site in memory, for tests.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      capacity: { type: "integer", default: 8, minimum: 1, description: "Mailboxes open at once." },
      forking: { type: "string", enum: ["native", "none"], default: "native", description: "How it forks." },
      side_effects: { type: "string", enum: ["none", "server"], default: "none", description: "What a step changes." },
    },
  },
  async create({ capacity, forking, side_effects }) {
    const site = await gomail.create({}, {});
    return mailboxes({ site, show, act: acted, endsSolved: true }, { forking, sideEffects: side_effects, capacity });
  },
});

/** A control that mailbox.ts knows no event for does nothing. */
function acted(box: Mailbox, action: Action): Mailbox {
  try {
    return act(box, action);
  } catch {
    return box;
  }
}
