import { openRun } from "../../../../core/record/runs.ts";
import path from "node:path";
import type { IterationReport, RunEvent } from "../../../../core/record/events.ts";
import { HaloError } from "../../../../core/util/errors.ts";
import { assert, suite, type TestContext } from "../../../harness.ts";
import { outcomeOf, runBoard, runsFolder } from "../board-run.ts";

const test = suite("run/train/refill");

/** Trajectory groups of two: most are dead at first, so that iterations need further waves. */
const thin = [
  "stages.0.evaluate.sample_size=1",
  "stages.1.train={ iterations: 3, tasks_per_iteration: 2, min_groups: 2, max_waves: 4 }",
  "stages.2.evaluate.sample_size=1",
  "algorithm.options={ group: trajectory, num_generations: 2 }",
];

async function explored(
  t: TestContext,
  sets: readonly string[] = [],
): Promise<{ readonly run: string; readonly reports: readonly IterationReport[]; readonly events: number }> {
  const reports: IterationReport[] = [];
  let events = 0;
  const onEvent = (e: RunEvent) => {
    events++;
    if (e.type === "iteration") reports.push(e);
  };
  const done = await runBoard(t.use(runsFolder()).path, { sets: [...thin, ...sets], onEvent });
  assert.is(done.exit, 0);
  return { run: done.run, reports, events };
}

/** Task keys of an iteration's slots, in order, and the group ids of its sealed batch. */
async function drawnIn(run: string, n: number) {
  const it = (await openRun(run, path.dirname(run))).iteration(n);
  const slots = await it.readSlots();
  const batch = await it.readBatch();
  return { keys: slots.map((s) => s.task.key), groups: [...new Set(batch!.examples.map((e) => e.group))] };
}

test("an iteration draws whole waves of further tasks until enough groups are live or max_waves are spent", async (t) => {
  const { run, reports } = await explored(t);
  let next = 0;
  for (const { iteration, metrics } of reports) {
    const { "refill/waves": waves, "refill/live_groups": live } = metrics as Readonly<Record<string, number>>;
    const { keys, groups } = await drawnIn(run, iteration);
    assert.is(groups.length, live);
    assert.ok(live! >= 2 || waves === 4, `iteration ${iteration}: ${live} live groups after ${waves} waves`);
    assert.equal(keys, Array.from({ length: 2 * waves! }, (_, i) => `board/train/${next + i}@0`));
    assert.equal(groups, [...groups].sort((a, b) => slotNumber(a) - slotNumber(b)), "sealed in slot order");
    next += keys.length;
  }
  assert.ok(reports.some(({ metrics }) => metrics["refill/waves"]! > 1), "some iteration needed more than one wave");
});

test("min_groups and max_waves bound the refill", async (t) => {
  const waves = async (set: string) => (await explored(t, [set])).reports.map(({ metrics }) => metrics["refill/waves"]);
  assert.equal(await waves("stages.1.train.min_groups=0"), [1, 1, 1]);
  assert.equal(await waves("stages.1.train={ iterations: 2, tasks_per_iteration: 1, min_groups: 99, max_waves: 3 }"), [
    3,
    3,
  ]);
});

test("refilled runs are bit-equal at concurrency 1 and 4", async (t) => {
  const one = await explored(t, ["concurrency=1", "environment.options.capacity=2"]);
  const four = await explored(t, ["concurrency=4", "environment.options.capacity=3"]);
  assert.equal(await outcomeOf(one.run), await outcomeOf(four.run));
  for (const n of [1, 2, 3]) assert.equal(await drawnIn(one.run, n), await drawnIn(four.run, n));
});

test("a run stopped anywhere inside its waves resumes to the result of an uninterrupted one", async (t) => {
  const whole = await explored(t);
  const expected = await outcomeOf(whole.run);
  for (let stopAfter = 4; stopAfter < whole.events - 3; stopAfter += 3) {
    const runs = t.use(runsFolder());
    const controller = new AbortController();
    let seen = 0;
    const onEvent = () => {
      if (++seen === stopAfter) controller.abort(new HaloError("HALO_INTERRUPTED", "stopped by the test"));
    };
    const stopped = await runBoard(runs.path, { sets: thin, signal: controller.signal, onEvent });
    assert.is(stopped.exit, 130, `after ${stopAfter} events`);
    const resumed = await runBoard(runs.path, { resume: stopped.run });
    assert.is(resumed.exit, 0);
    assert.equal(await outcomeOf(resumed.run), expected, `stopped after ${stopAfter} events`);
    assert.equal(await drawnIn(resumed.run, 1), await drawnIn(whole.run, 1));
  }
}, { timeoutMs: 120_000 });

const slotNumber = (group: string): number => Number(group.match(/\.s(\d+)\./)![1]);
