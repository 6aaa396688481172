// runtime: node
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { rehearsed, siteRow, transferRows } from "../../bench/sites/rows.ts";
import { runRow } from "../../bench/sites/run-row.ts";
import { lineOf, missedBars } from "../../bench/sites/table.ts";
import type { Done } from "../../core/record/events.ts";
import { assert, suite } from "../harness.ts";

const test = suite("bench/sites");

const after = (label: string, successes: number, n: number) => ({
  label,
  successes,
  n,
  success_rate: successes / n,
  by_template: { search: { successes, n } },
});
const doneWith = (...evaluations: readonly ReturnType<typeof after>[]) =>
  ({ evaluations, env_steps: 100, train_s: 2, frac_reward_zero_std: 0.5 }) as unknown as Done;

test("a row of one site misses 90 % in the median seed or 80 % in one, a control misses by more than 10 %", () => {
  const rows = (...rates: readonly number[]) =>
    rates.map((rate, seed) => ({ row: "omnizon", seed, done: doneWith(after("after", rate, 100)) }));
  assert.equal(missedBars(rows(80, 90, 95), { isControl: false }), []);
  assert.equal(missedBars(rows(79, 89, 95), { isControl: false }), [
    "omnizon after 79.0 % in a seed, bar 80 %",
    "omnizon after 89.0 % in the median, bar 90 %",
  ]);
  assert.equal(missedBars(rows(0, 10), { isControl: true }), []);
  assert.equal(missedBars(rows(0, 11), { isControl: true }), ["omnizon after 11.0 %, bar 10 %"]);
});

test("one policy for several sites is held to 80 % on each, and its line names the families of each", () => {
  const done = doneWith(after("after_gomail", 80, 100), after("after_omnizon", 70, 100));
  assert.equal(missedBars([{ row: "four", seed: 1, done }], { isControl: false }), [
    "four after_omnizon 70.0 % in a seed, bar 80 %",
  ]);
  assert.is(
    lineOf({ row: "four", seed: 1, done }),
    "four seed 1  after_gomail 80/100 80.0 % [71.1 %, 86.7 %]  after_omnizon 70/100 70.0 % [60.4 %, 78.1 %]  " +
      "train 2 s, 100 steps, dead groups 50.0 %  after_gomail/search 80/100  after_omnizon/search 70/100",
  );
});

test("a row stops with its time, goes on where it was, and is read from its file once it ended", async (t) => {
  const out = mkdtempSync(path.join(tmpdir(), "halo-bench-sites-"));
  t.defer(() => rmSync(out, { recursive: true, force: true }));
  const small = [
    "tasks.options.templates=[department, remove]",
    "stages=[{ train: { iterations: 2, tasks_per_iteration: 2 } }, " +
    "{ evaluate: { label: after, split: eval, sample_size: 2 } }]",
  ];
  const row = rehearsed(siteRow("omnizon", { control: false }));
  const run = (signal: AbortSignal) => runRow(row, { seed: 1, out, sets: small, signal });
  assert.is(await run(AbortSignal.abort()), undefined);
  const done = await run(t.signal);
  assert.ok(done!.env_steps > 0);
  assert.equal(done!.evaluations.map(({ label, n }) => [label, n]), [["after", 2]]);
  assert.equal(JSON.parse(readFileSync(path.join(out, "omnizon-1.json"), "utf8")), JSON.parse(JSON.stringify(done)));
  assert.equal(await run(AbortSignal.abort()), JSON.parse(JSON.stringify(done)));
});

test("a transfer row starts from what the other three sites taught", () => {
  const [taught, transferred, untrained] = transferRows("zilloft");
  assert.equal([taught!.name, transferred!.after, untrained!.after], ["without-zilloft", "without-zilloft", undefined]);
  assert.not.ok(taught!.sets[0]!.includes("zilloft"));
});
