import type { Action } from "../../../../core/domain/action.ts";
import type { Json } from "../../../../core/domain/json.ts";
import type { Task } from "../../../../core/domain/task.ts";
import type { Event } from "../../../../plugins/sites/gomail/state/event.ts";
import { initialState } from "../../../../plugins/sites/gomail/state/initial.ts";
import type { GoMailState, Setup } from "../../../../plugins/sites/gomail/state/state.ts";
import { update } from "../../../../plugins/sites/gomail/state/update.ts";
import { assert, suite } from "../../../harness.ts";
import { act, show } from "./mailbox.ts";
import type { Mailbox } from "./mailbox.ts";
import { gomailReward, gomailTasks, judge, kinds, nextAction } from "./kit.ts";

const test = suite("gomail oracle");
const source = gomailTasks({ templates: ["all"], max_optimum: 8, cap: 0 });
const tasks = ["train", "eval", "paraphrase"].flatMap((split) =>
  Array.from({ length: 48 }, (_, index) => source.draw({ split, index, seed: 123 }))
);
const startOf = (task: Task): GoMailState => initialState((task.params as unknown as { setup: Setup }).setup);
const isSolved = (task: Task, { state }: Mailbox): boolean =>
  judge(task, startOf(task) as unknown as Json, state as unknown as Json).success;

const decide = (task: Task, box: Mailbox, depth: number): Action =>
  nextAction({ goal: task.goal, observation: show(box), depth });

/** Lets the oracle act until the judge is content: steps needed and what each step earned. */
function solve(
  task: Task,
  from: GoMailState,
  limit: number,
): { steps: number; solved: boolean; paid: number[]; end: Mailbox } {
  let box: Mailbox = { state: from, scrolled: 0 };
  let fold = gomailReward({ scale: 1, families: kinds }).start(task.goal, show(box));
  const paid: number[] = [];
  while (!isSolved(task, box) && paid.length < limit) {
    const observation = show(box);
    const action = nextAction({ goal: task.goal, observation, depth: paid.length });
    if (action.action === "done") break;
    box = act(box, action);
    const next = fold.next({ from: observation, to: show(box), parsed: { ok: true, action, repairs: 0 } });
    fold = next.fold;
    paid.push(next.terms.reduce((sum, term) => sum + term.value, 0));
  }
  return { steps: paid.length, solved: isSolved(task, box), paid, end: box };
}

test("nextAction solves every task in its optimum and declares the end, every step earning a milestone", () => {
  for (const task of tasks) {
    const { steps, solved, paid, end: box } = solve(task, startOf(task), task.goal.maxSteps);
    assert.equal({ id: task.id, steps, solved }, { id: task.id, steps: task.optimum, solved: true });
    assert.ok(paid.every((reward) => reward >= 0.2), `${task.id} pays ${paid}`);
    assert.equal(decide(task, box, steps), { action: "done" }, task.id);
  }
});

test("nextAction finds back from anywhere and leaves nothing behind", () => {
  const write = (field: "toInput" | "subject" | "body", text: string): Event => ({
    type: "compose-input",
    field,
    text,
  });
  const detours: Readonly<Record<string, Event[]>> = {
    "another mail is open": [{ type: "open-mail", id: "2" }],
    "an answer to another mail is begun": [{ type: "open-mail", id: "2" }, { type: "reply", all: true }, {
      type: "reply-input",
      text: "Hm",
    }],
    "other mails are selected": [{ type: "select", id: "2" }, { type: "select", id: "47" }],
    "another list is shown": [{ type: "open-list", folder: "sent" }],
    "a search found nothing": [{ type: "search-input", text: "zzz" }, { type: "search" }],
    "something was typed and not searched": [{ type: "search-input", text: "Nora" }],
    "a message to somebody else is begun": [{ type: "compose" }, write("toInput", "bob@x.example"), {
      type: "commit-recipient",
      by: "enter",
    }, write("body", "Hm")],
    "the menu is open on another mail": [{ type: "select", id: "2" }, { type: "toggle-menu", menu: "labels" }],
  };
  for (const [where, events] of Object.entries(detours)) {
    for (const task of tasks.slice(0, 12)) {
      const { solved, paid } = solve(task, events.reduce(update, startOf(task)), task.optimum + 5);
      assert.is(solved, true, `${task.id} when ${where}, after ${paid.length} steps`);
    }
  }
});

test("nextAction gives up when the goal names no task of gomail", () => {
  const goal = { ...tasks[0]!.goal, text: "Book a table for two." };
  const action = nextAction({ goal, observation: show({ state: startOf(tasks[0]!), scrolled: 0 }), depth: 0 });
  assert.equal(action, { action: "infeasible", text: "the goal names no task of gomail" });
});
