import type { Json, Task } from "../../../../core/mod.ts";
import { assert, suite } from "../../../harness.ts";
import { actionOf, drill, drillRuns, type Move, paying, valuesOf } from "./drill-runs.ts";
import { actWhole, showWhole } from "./drills-mailbox.ts";
import { judge } from "./kit.ts";
import { boxOf } from "./ways.ts";

const test = suite("gomail drills in memory");

/** Plays moves on a drill in memory; returns what each step earned and the verdict. */
function play(task: Task, moves: readonly Move[]) {
  const start = boxOf(task);
  let box = start;
  const pay = paying(task, showWhole(box));
  const paid = moves.map((move) => {
    const from = showWhole(box);
    const action = actionOf(from, move);
    box = actWhole(box, action);
    return pay({ from, to: showWhole(box), action });
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
