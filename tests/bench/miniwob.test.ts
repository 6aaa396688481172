import { published } from "../../bench/miniwob/published.ts";
import { suiteRows, taughtIn, untrainedRow } from "../../bench/miniwob/rows.ts";
import { lineOf, reasons, rowsOf } from "../../bench/miniwob/table.ts";
import type { Evaluation } from "../../core/record/events.ts";
import { assert, suite } from "../harness.ts";

const test = suite("bench/miniwob");

const evaluation = (of: Readonly<Record<string, readonly [successes: number, n: number]>>) =>
  ({
    by_template: Object.fromEntries(Object.entries(of).map(([task, [successes, n]]) => [task, { successes, n }])),
  }) as unknown as Evaluation;

test("a suite is trained once on what is taught and evaluated as often on every task of the published table", () => {
  const [training, evaluated] = suiteRows("click", { iterations: 3, episodes: 5 });
  const tasks = Object.keys(published["click"]!);
  assert.equal(taughtIn("click"), tasks.filter((name) => name !== "click-checkboxes-large"));
  assert.equal(training.sets, [
    `tasks.options.tasks=[${taughtIn("click").join()}]`,
    "tasks.options.max_steps=13",
    "stages=[{ train: { iterations: 3, tasks_per_iteration: 9 } }]",
  ]);
  assert.is(evaluated.after, training.name);
  assert.ok(evaluated.sets.at(-1)!.includes("sample_size: 50"), evaluated.sets.at(-1)!);
  assert.ok(evaluated.sets[0]!.includes("click-checkboxes-large"));
  assert.is(untrainedRow("menus", { episodes: 5 }).after, undefined);
});

test("a row is reached when the published rate is within the interval, and a miss says why", () => {
  // 94 of 100 are published: Wilson's upper end of 90 of 100 is 94.5 %, that of 89 of 100 is 93.7 %.
  const widget = (successes: number) =>
    rowsOf("click", evaluation({ "click-widget": [successes, 100], "click-checkboxes-soft": [1, 20] }));
  const rows = widget(90);
  const of = (task: string) => rows.find((row) => row.task === task)!;
  assert.is(rows.length, 10);
  assert.is(of("click-widget").isReached, true);
  assert.is(widget(89).find(({ task }) => task === "click-widget")!.isReached, false);
  assert.is(of("click-checkboxes-soft").isReached, false);
  assert.is(of("click-test").isReached, false, "what was not evaluated is not reached");
  assert.ok(lineOf(of("click-checkboxes-soft")).endsWith(`missed: ${reasons["click-checkboxes-soft"]}`));
  assert.ok(lineOf(of("click-widget")).endsWith("published 94/100  reached"));
});
