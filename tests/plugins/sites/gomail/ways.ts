import type { Action } from "../../../../core/domain/action.ts";
import type { Json } from "../../../../core/domain/json.ts";
import type { Observation } from "../../../../core/domain/observation.ts";
import type { Task } from "../../../../core/domain/task.ts";
import { initialState } from "../../../../plugins/sites/gomail/state/initial.ts";
import type { GoMailState, Setup } from "../../../../plugins/sites/gomail/state/state.ts";
import { act, show } from "./mailbox.ts";
import type { Mailbox } from "./mailbox.ts";
import { judge, nextAction } from "./kit.ts";

/** One step of the shortest way, without a browser. */
export interface Walked {
  readonly action: Action;
  readonly from: Observation;
  readonly to: Observation;
  readonly box: Mailbox;
}

/** The mailbox a task begins with. */
export function boxOf(task: Task): Mailbox {
  return { state: initialState((task.params as unknown as { setup: Setup }).setup), scrolled: 0 };
}

/** What the judge says of a state. */
export function verdictOf(task: Task, state: GoMailState) {
  return judge(task, boxOf(task).state as unknown as Json, state as unknown as Json);
}

/** Lets the oracle act from a mailbox until the judge is content or `limit` steps are done. */
export function walk(task: Task, o: { readonly from?: Mailbox; readonly limit?: number } = {}): readonly Walked[] {
  let box = o.from ?? boxOf(task);
  const steps: Walked[] = [];
  while (steps.length < (o.limit ?? task.goal.maxSteps) && !verdictOf(task, box.state).success) {
    const from = show(box);
    const action = nextAction({ goal: task.goal, observation: from, depth: steps.length });
    if (action.action === "done") break;
    box = act(box, action);
    steps.push({ action, from, to: show(box), box });
  }
  return steps;
}
