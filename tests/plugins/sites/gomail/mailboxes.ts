import type { Action, Environment, Episode, Json, Mark, Observation, Site, Task } from "halo-agent";
import type { GoMailState } from "../../../../plugins/sites/gomail/state/state.ts";
import { judge } from "./kit.ts";
import type { Mailbox } from "./mailbox.ts";

/** How mailboxes in memory look and act. */
interface Pages {
  readonly site: Site;
  readonly show: (box: Mailbox) => Observation;
  readonly act: (box: Mailbox, action: Action) => Mailbox;
  /** True where an episode ends once its task is solved, and not only when that is declared. */
  readonly endsSolved: boolean;
}

/** The mail site without a browser: its own state and predicate. It forks by value. */
export function mailboxes(
  pages: Pages,
  { forking, sideEffects, capacity }: Pick<Environment, "forking" | "sideEffects" | "capacity">,
): Environment {
  const startOf = (task: Task): Mailbox => ({ state: pages.site.start(task) as unknown as GoMailState, scrolled: 0 });
  return {
    forking,
    sideEffects,
    deterministic: true,
    capacity,
    open: (task) => Promise.resolve(episodeAt(startOf(task), { task, start: startOf(task), pages })),
    fork: ({ task, state }: Mark) =>
      Promise.resolve(episodeAt(state as unknown as Mailbox, { task, start: startOf(task), pages })),
    close: () => Promise.resolve(),
  };
}

function episodeAt(
  at: Mailbox,
  { task, start, pages }: { readonly task: Task; readonly start: Mailbox; readonly pages: Pages },
): Episode {
  let box = at;
  let seen = pages.show(box);
  const verdict = () => judge(task, start.state as unknown as Json, box.state as unknown as Json);
  return {
    observe: () => Promise.resolve(seen),
    step(action: Action) {
      const element = "el" in action ? seen.elements.find((e) => e.id === action.el) : undefined;
      box = pages.act(box, action);
      seen = pages.show(box);
      return Promise.resolve({
        observation: seen,
        ...(element && { target: { role: element.role, name: element.name } }),
        solved: pages.endsSolved && verdict().success,
        cost: { actMs: 0, settleMs: 0, observeMs: 0 },
      });
    },
    mark: () => Promise.resolve({ task, seed: 0, actions: [], fingerprint: {}, state: box as unknown as Json }),
    verdict: () => Promise.resolve(verdict()),
    close: () => Promise.resolve(),
  };
}
