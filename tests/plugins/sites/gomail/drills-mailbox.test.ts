import type { Action, Json, Task, Transition } from "../../../../core/mod.ts";
import { milestoneReward } from "../../../../core/site.ts";
import { gomail } from "../../../../plugins/sites/gomail/gomail.ts";
import { assert, suite } from "../../../harness.ts";
import { drill, drillRuns, type Move, valuesOf } from "./drill-runs.ts";
import { actWhole, showWhole } from "./drills-mailbox.ts";
import { judge } from "./kit.ts";
import { boxOf } from "./ways.ts";

const test = suite("gomail drills in memory");
const families = gomail.families.map(({ name }) => name);
const reward = milestoneReward(gomail, { scale: 1, families });

/** Plays moves on a drill in memory; returns what each step earned and the verdict. */
function play(task: Task, moves: readonly Move[]) {
  const start = boxOf(task);
  let box = start;
  let fold = reward.start(task.goal, showWhole(box));
  const paid = moves.map(([name, role, text]) => {
    const from = showWhole(box);
    const el = from.elements.find((e) => e.name === name && e.role === role)!.id;
    const submit = role === "searchbox";
    const action: Action = text === undefined
      ? { action: "click", el }
      : { action: "type", el, text, clear: true, submit };
    box = actWhole(box, action);
    const step: Transition = { from, to: showWhole(box), parsed: { ok: true, action, repairs: 0 } };
    const next = fold.next(step);
    fold = next.fold;
    return next.terms.map((term) => term.name).join("+");
  });
  return { paid, success: judge(task, start.state as unknown as Json, box.state as unknown as Json).success };
}

for (const { name, right, paid, near, less } of drillRuns) {
  test(`${name}: the mailbox in memory pays and judges a right run and a near miss as the page does`, () => {
    const task = drill(name);
    assert.equal(play(task, right(valuesOf(task))), { paid, success: true });
    assert.equal(play(task, near(valuesOf(task))), { paid: less, success: false });
  });

  test(`${name}: doing it again pays nothing more`, () => {
    const task = drill(name);
    const run = right(valuesOf(task));
    const twice = play(
      task,
      [...run, ...run.filter(([control]) => control !== "Delete")].slice(0, run.length + 1),
    ).paid;
    const terms = twice.filter((one) => one !== "").flatMap((one) => one.split("+"));
    assert.is(new Set(terms).size, terms.length);
  });
}
