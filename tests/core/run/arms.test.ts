import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { loadDocument, loadPipeline } from "../../../core/config/load.ts";
import { openRun } from "../../../core/record/runs.ts";
import type { Done, RunEvent } from "../../../core/record/events.ts";
import { runPipeline } from "../../../core/run/pipeline.ts";
import { HaloError } from "../../../core/util/errors.ts";
import { silentLog } from "../../../core/util/log.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite } from "../../harness.ts";
import { outcomeOf, runBoard, runsFolder } from "./board-run.ts";

const test = suite("run/arms");

interface Options {
  readonly sets?: readonly string[];
  readonly resume?: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** Runs tests/board/ab.yaml into `runsDir`, or goes on with a run of it. */
async function runAb(runsDir: string, o: Options = {}): Promise<Done> {
  const resume = o.resume === undefined ? undefined : await openRun(o.resume, runsDir);
  const pipeline = resume
    ? await loadDocument(resume.info.document, { base: resume.info.base, env: {} })
    : await loadPipeline("tests/board/ab.yaml", {
      sets: [`runs_dir=${runsDir}`, ...o.sets ?? []],
      env: {},
      cwd: process.cwd(),
    });
  return await runPipeline(pipeline, {
    log: silentLog,
    signal: o.signal ?? new AbortController().signal,
    packageRoot: packageRoot(),
    ...(resume && { resume }),
    ...(o.onEvent && { onEvent: o.onEvent }),
  });
}

test("an A/B run trains its arms on equal steps and compares them by task", async (t) => {
  const runs = t.use(runsFolder());
  const events: RunEvent[] = [];
  const done = await runAb(runs.path, { onEvent: (e) => events.push(e) });
  assert.equal([done.ok, done.exit, done.arms?.map((arm) => arm.name)], [true, 0, ["high", "low"]]);
  const [high, low] = done.arms!;
  for (const arm of done.arms!) {
    assert.is(arm.run, join(done.run, "arms", arm.name));
    const iterations = events.flatMap((e) => e.type === "iteration" && e.arm === arm.name ? [e] : []);
    assert.equal(iterations.at(-1)!.budget, { done: arm.env_steps, of: 60 });
    // The stage ends with the iteration that reaches its budget, not one earlier or later.
    assert.ok(arm.env_steps >= 60 && arm.env_steps - iterations.at(-1)!.env_steps < 60, arm.name);
  }
  assert.is(done.env_steps, high!.env_steps + low!.env_steps);
  assert.equal(done.evaluations.map((e) => [e.label, e.n]), [["high/after", 8], ["low/after", 8]]);
  const [c] = done.comparisons;
  assert.equal([done.comparisons.length, c!.label_a, c!.label_b, c!.n], [1, "high/after", "low/after", 8]);
  assert.equal([c!.run_a, c!.run_b], [high!.run, low!.run]);
  assert.ok(c!.delta < 0, "what hardly learns does worse");
  assert.is(c!.flipped.length, 8 * -c!.delta);
  for (const { key, episodes_a, episodes_b } of c!.flipped) {
    assert.equal([episodes_a, episodes_b], [[`after/${key}#0`], [`after/${key}#0`]]);
  }
});

test("an arm ends as the same pipeline run alone", async (t) => {
  const runs = t.use(runsFolder());
  const done = await runAb(runs.path);
  const alone = await runBoard(runs.path, {
    sets: [
      "stages=[{train: {env_steps: 60, tasks_per_iteration: 3}}, {evaluate: {label: after, split: eval, sample_size: 8}}]",
    ],
  });
  assert.equal(await outcomeOf(done.arms![0]!.run), await outcomeOf(alone.run));
});

test("a resumed A/B run keeps finished arms and ends as one that was never stopped", async (t) => {
  const runs = t.use(runsFolder());
  const controller = new AbortController();
  const stopped = await runAb(runs.path, {
    signal: controller.signal,
    onEvent(e) {
      if (e.type === "slot" && e.arm === "low") controller.abort(new HaloError("HALO_INTERRUPTED", "stop"));
    },
  });
  assert.equal([stopped.exit, stopped.arms?.map((arm) => arm.name), stopped.comparisons], [130, ["high"], []]);
  const journal = join(stopped.run, "arms/high/events.jsonl");
  const before = readFileSync(journal, "utf8");
  const resumed = await runAb(runs.path, { resume: stopped.run });
  assert.equal([resumed.exit, resumed.run, resumed.arms?.length], [0, stopped.run, 2]);
  assert.is(readFileSync(journal, "utf8"), before);
  const whole = await runAb(runs.path);
  for (const i of [0, 1]) {
    assert.equal(await outcomeOf(resumed.arms![i]!.run), await outcomeOf(whole.arms![i]!.run));
  }
  const facts = ({ comparisons }: Done) => comparisons.map(({ run_a: _, run_b: __, ...c }) => c);
  assert.equal(facts(resumed), facts(whole));
});

test("an arm that fails stops the run with its status and its name", async (t) => {
  const runs = t.use(runsFolder());
  const done = await runAb(runs.path, {
    sets: ["arms.low={environment: {options: {broken: true}}}", "concurrency=1"],
  });
  assert.is(done.exit, 4);
  assert.match(done.error!.message, /^arm "low": .*the board is broken/);
  assert.ok(existsSync(join(done.run, "arms/low/state.json")));
});

test("train ends by its own steps in every stage, and a resume does not train a finished stage again", async (t) => {
  const runs = t.use(runsFolder());
  const sets = [
    "stages=[{train: {env_steps: 20, tasks_per_iteration: 2}}, {train: {iterations: 2, tasks_per_iteration: 2}}]",
  ];
  const iterations: (number | undefined)[] = [];
  const controller = new AbortController();
  const stopped = await runBoard(runs.path, {
    sets,
    signal: controller.signal,
    onEvent(e) {
      if (e.type !== "iteration") return;
      iterations.push(e.of);
      if (e.of !== undefined) controller.abort(new HaloError("HALO_INTERRUPTED", "stop"));
    },
  });
  assert.is(stopped.exit, 130);
  const first = iterations.filter((of) => of === undefined).length;
  assert.equal(iterations.at(-1), first + 2);
  const resumed = await runBoard(runs.path, { resume: stopped.run });
  const whole = await runBoard(runs.path, { sets });
  assert.equal([resumed.exit, resumed.env_steps], [0, whole.env_steps]);
  assert.equal(await outcomeOf(resumed.run), await outcomeOf(whole.run));
});

test("gates are recorded, and a missed one ends the run with 5 after all stages", async (t) => {
  const runs = t.use(runsFolder());
  const sets = [
    "stages.0.evaluate.gate={min_success_rate: 0}",
    "stages.2.evaluate.gate={min_success_rate: 0.5, min_ci_low: 0.99}",
    "stages.3.compare.gate={min_delta: 0.5, max_p: 0.05}",
  ];
  const done = await runBoard(runs.path, { sets });
  assert.equal([done.ok, done.exit, done.error], [false, 5, undefined]);
  const [, after] = done.evaluations;
  const [c] = done.comparisons;
  assert.equal(done.gates, [
    { name: "before.min_success_rate", ok: true, limit: 0, value: 0 },
    { name: "after.min_success_rate", ok: true, limit: 0.5, value: after!.success_rate },
    { name: "after.min_ci_low", ok: false, limit: 0.99, value: after!.ci95[0] },
    { name: "before→after.min_delta", ok: true, limit: 0.5, value: c!.delta },
    { name: "before→after.max_p", ok: true, limit: 0.05, value: c!.p },
  ]);
  assert.is((await (await openRun(done.run, runs.path)).readStatus())?.status, "DONE");
});
