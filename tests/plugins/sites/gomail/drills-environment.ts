import { type Action, definePlugin, type Episode, type Json, type Mark, type Task } from "halo-agent";
import gomail from "../../../../plugins/sites/gomail/site.ts";
import type { GoMailState } from "../../../../plugins/sites/gomail/state/state.ts";
import { actWhole, showWhole } from "./drills-mailbox.ts";
import { judge } from "./kit.ts";
import type { Mailbox } from "./mailbox.ts";

/** The mail site without a browser, with whole lists, contacts and the banner in a random half: drills can be rehearsed. */
export default definePlugin({
  kind: "environment",
  name: "drills",
  summary: "The mail site in memory, with what its drills need.",
  options: { type: "object", additionalProperties: false, properties: {} },
  async create() {
    const site = await gomail.create({ banner: "random" }, {});
    const startOf = (task: Task): Mailbox => ({ state: site.start(task) as unknown as GoMailState, scrolled: 0 });
    return {
      forking: "native",
      sideEffects: "none",
      deterministic: true,
      capacity: 8,
      open: (task) => Promise.resolve(mailboxAt(task, startOf(task), startOf(task))),
      fork: (mark: Mark) => Promise.resolve(mailboxAt(mark.task, mark.state as unknown as Mailbox, startOf(mark.task))),
      close: () => Promise.resolve(),
    };
  },
});

function mailboxAt(task: Task, at: Mailbox, start: Mailbox): Episode {
  let box = at;
  let seen = showWhole(box);
  return {
    observe: () => Promise.resolve(seen),
    step(action: Action) {
      const element = "el" in action ? seen.elements.find((e) => e.id === action.el) : undefined;
      box = actWhole(box, action);
      seen = showWhole(box);
      return Promise.resolve({
        observation: seen,
        ...(element && { target: { role: element.role, name: element.name } }),
        solved: false,
        cost: { actMs: 0, settleMs: 0, observeMs: 0 },
      });
    },
    mark: () => Promise.resolve({ task, seed: 0, actions: [], fingerprint: {}, state: box as unknown as Json }),
    verdict: () => Promise.resolve(judge(task, start.state as unknown as Json, box.state as unknown as Json)),
    close: () => Promise.resolve(),
  };
}
