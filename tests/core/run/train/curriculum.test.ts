import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Curriculum, TrainedTask } from "../../../../core/domain/curriculum.ts";
import type { Task } from "../../../../core/domain/task.ts";
import type { RunEvent } from "../../../../core/record/events.ts";
import { openRun } from "../../../../core/record/runs.ts";
import { drawWave, inOrder } from "../../../../core/run/train/draw-wave.ts";
import { trainedTasks, trainedUpTo } from "../../../../core/run/train/trained-tasks.ts";
import { keyedRng } from "../../../../core/stats/rng.ts";
import { createPlugin } from "../../../../core/testing.ts";
import { HaloError, isHaloError } from "../../../../core/util/errors.ts";
import board from "../../../board/tasks.ts";
import nearHalf from "../../../board/near-half.ts";
import { assert, suite, type TestContext, thrownBy } from "../../../harness.ts";
import { capture } from "../../cli/capture.ts";
import { outcomeOf, runBoard, runsFolder } from "../board-run.ts";

const file = fileURLToPath(new URL("../../../board/near-half.ts", import.meta.url));
const tasks = await createPlugin<"tasks">(board);
const curriculum = await createPlugin<"curriculum">(nearHalf);
// After the awaits: a suite runs as soon as its file has been read.
const test = suite("run/train/curriculum");

const sets = [
  `curriculum.use=${file}`,
  "stages.0.evaluate.sample_size=1",
  "stages.1.train={ iterations: 6, tasks_per_iteration: 2, min_groups: 3, max_waves: 2 }",
  "stages.2.evaluate.sample_size=1",
];

/** Keys of the tasks of every iteration, in slot order. */
async function drawnIn(run: string): Promise<readonly (readonly string[])[]> {
  const folder = await openRun(run, path.dirname(run));
  return await Promise.all(
    (await folder.iterations()).map(async (n) => (await folder.iteration(n).readSlots()).map((slot) => slot.task.key)),
  );
}

test("a curriculum draws every wave from what whole waves before it came to", async (t) => {
  const { run, exit } = await runBoard(t.use(runsFolder()).path, { sets });
  assert.is(exit, 0);
  const folder = await openRun(run, path.dirname(run));
  const episodes = await folder.episodes();
  const trained: TrainedTask[] = [];
  let drawn = 0;
  for (const [i, keys] of (await drawnIn(run)).entries()) {
    for (let wave = 0; wave * 2 < keys.length; wave++) {
      const expected = curriculum.next({
        n: 2,
        split: "train",
        seed: 0,
        drawn,
        trained,
        tasks,
        rng: keyedRng("unused"),
      });
      assert.equal(
        keys.slice(2 * wave, 2 * wave + 2),
        expected.map(({ key }) => key),
        `iteration ${i + 1}, wave ${wave}`,
      );
      const ids = [2 * wave, 2 * wave + 1].map((slot) => `i${i + 1}.s${slot}#`);
      trained.push(...trainedTasks(episodes.filter(({ id }) => ids.some((slot) => id.startsWith(slot)))));
      drawn += 2;
    }
  }
  assert.equal(trained, trainedUpTo(episodes, 6));
  const families = trained.map(({ template }) => template);
  const inTurn = families.every((family, i) => family === (i % 2 === 0 ? "one" : "two"));
  assert.ok(!inTurn, `${families}: not the order of the indexes`);
});

test("runs under a curriculum are bit-equal at concurrency 1 and 4", async (t) => {
  const runs = await Promise.all(
    [1, 4].map((n) => runBoard(t.use(runsFolder()).path, { sets: [...sets, `concurrency=${n}`] })),
  );
  const [one, four] = await Promise.all(runs.map(({ run }) => outcomeOf(run)));
  assert.equal(one, four);
  assert.equal(await drawnIn(runs[0]!.run), await drawnIn(runs[1]!.run));
});

test("a run under a curriculum that is stopped anywhere resumes to the result of an uninterrupted one", async (t) => {
  const { run, events } = await counted(t);
  const [expected, keys] = [await outcomeOf(run), await drawnIn(run)];
  for (let stopAfter = 3; stopAfter < events - 2; stopAfter += 4) {
    const runs = t.use(runsFolder());
    const controller = new AbortController();
    let seen = 0;
    const onEvent = () => {
      if (++seen === stopAfter) controller.abort(new HaloError("HALO_INTERRUPTED", "stopped by the test"));
    };
    const stopped = await runBoard(runs.path, { sets, signal: controller.signal, onEvent });
    assert.is(stopped.exit, 130, `after ${stopAfter} events`);
    const resumed = await runBoard(runs.path, { resume: stopped.run });
    assert.is(resumed.exit, 0);
    assert.equal(await outcomeOf(resumed.run), expected, `stopped after ${stopAfter} events`);
    assert.equal(await drawnIn(resumed.run), keys, `stopped after ${stopAfter} events`);
  }
}, { timeoutMs: 120_000 });

async function counted(t: TestContext): Promise<{ readonly run: string; readonly events: number }> {
  let events = 0;
  const onEvent = (_: RunEvent) => events++;
  const { run, exit } = await runBoard(t.use(runsFolder()).path, { sets, onEvent });
  assert.is(exit, 0);
  return { run, events };
}

const request = { n: 2, split: "train", seed: 0, drawn: 5, trained: [], tasks, rng: keyedRng("c") };

test("without a curriculum tasks are drawn by their index", () => {
  const expected = [5, 6].map((index) => tasks.draw({ split: "train", seed: 0, index }));
  assert.equal(drawWave(undefined, request), expected);
  assert.equal(inOrder.next(request), expected);
});

test("a curriculum that throws or draws other tasks than it was asked for is named", async () => {
  const said = async (next: () => unknown) => {
    const e = await thrownBy(() => Promise.resolve().then(() => drawWave({ next } as Curriculum, request)));
    assert.ok(isHaloError(e, "HALO_CURRICULUM_FAILED"));
    return e.message;
  };
  const task = (split: string): Task => tasks.draw({ split, seed: 0, index: 0 });
  assert.is(await said(() => [task("train")]), "the curriculum returned 1 tasks, expected 2 tasks");
  assert.is(await said(() => undefined), "the curriculum returned undefined, expected 2 tasks");
  assert.is(
    await said(() => [task("train"), task("eval")]),
    'the curriculum drew board/eval/0@0 of the split "eval", expected tasks of "train"',
  );
  assert.is(
    await said(() => {
      throw new Error("no idea");
    }),
    "the curriculum threw no idea",
  );
});

test("the recorded pipeline keeps the curriculum and its options", async (t) => {
  const runs = t.use(runsFolder());
  const { run } = await runBoard(runs.path, { sets: [...sets, "stages.1.train.iterations=1"] });
  const { info } = await openRun(run, runs.path);
  const { curriculum } = info.document as { readonly curriculum: { readonly use: string; readonly options: object } };
  assert.equal([path.basename(curriculum.use), curriculum.options], ["near-half.ts", { pool: 3 }]);
});

test("a dry run names the curriculum and none of the tasks that it will draw", async (t) => {
  const runs = t.use(runsFolder()).path;
  const pipeline = fileURLToPath(new URL("../../../board/pipeline.yaml", import.meta.url));
  const { out } = await capture([
    ...["run", pipeline, "--dry-run", "--set", `runs_dir=${runs}`, "--set", `curriculum.use=${file}`],
  ]);
  assert.match(out, /\n {2}curriculum {2,}curriculum\/near-half /);
  assert.match(out, "train 2 iterations: 6 to 12 task slots");
  assert.not.match(out, "first tasks");
});
