import { type Action, definePlugin, type Episode, type Json, type Mark, type Task } from "halo-agent";
import type { GoMailState } from "../../../../plugins/sites/gomail/state/state.ts";
import gomail from "../../../../plugins/sites/gomail/site.ts";
import { act, type Mailbox, show } from "./mailbox.ts";
import { judge } from "./kit.ts";

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
    const startOf = (task: Task): Mailbox => ({ state: site.start(task) as unknown as GoMailState, scrolled: 0 });
    return {
      forking,
      sideEffects: side_effects,
      deterministic: true,
      capacity,
      open: (task) => Promise.resolve(mailboxAt(task, startOf(task), startOf(task))),
      fork: (mark: Mark) => Promise.resolve(mailboxAt(mark.task, mark.state as unknown as Mailbox, startOf(mark.task))),
      close: () => Promise.resolve(),
    };
  },
});

function mailboxAt(task: Task, at: Mailbox, start: Mailbox): Episode {
  let box = at;
  let seen = show(box);
  const verdict = () => judge(task, start.state as unknown as Json, box.state as unknown as Json);
  return {
    observe: () => Promise.resolve(seen),
    step(action: Action) {
      const element = "el" in action ? seen.elements.find((e) => e.id === action.el) : undefined;
      box = acted(box, action);
      seen = show(box);
      return Promise.resolve({
        observation: seen,
        ...(element && { target: { role: element.role, name: element.name } }),
        solved: verdict().success,
        cost: { actMs: 0, settleMs: 0, observeMs: 0 },
      });
    },
    mark: () => Promise.resolve({ task, seed: 0, actions: [], fingerprint: {}, state: box as unknown as Json }),
    verdict: () => Promise.resolve(verdict()),
    close: () => Promise.resolve(),
  };
}

/** A control that mailbox.ts knows no event for does nothing. */
function acted(box: Mailbox, action: Action): Mailbox {
  try {
    return act(box, action);
  } catch {
    return box;
  }
}
