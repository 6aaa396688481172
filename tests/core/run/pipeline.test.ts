import { readFileSync } from "node:fs";
import path from "node:path";
import { evaluationLine } from "../../../core/cli/report/lines.ts";
import { openRun } from "../../../core/record/runs.ts";
import type { RunEvent } from "../../../core/record/events.ts";
import { HaloError } from "../../../core/util/errors.ts";
import { assert, suite } from "../../harness.ts";
import { outcomeOf, runBoard, runsFolder } from "./board-run.ts";

const test = suite("run/pipeline");

const iterationsOf = async (run: string) => await (await openRun(run, path.dirname(run))).iterations();

test("runPipeline evaluates, trains, evaluates and compares, and reports every stage in order", async (t) => {
  const runs = t.use(runsFolder());
  const events: RunEvent[] = [];
  const done = await runBoard(runs.path, { sets: ["stages.1.train.iterations=6"], onEvent: (e) => events.push(e) });
  const types = events.map((e) => e.type).filter((type) => type !== "episode" && type !== "slot");
  const iterations = Array.from({ length: 6 }, () => "iteration");
  assert.equal(types, [
    "launch",
    "stage",
    "evaluation",
    "stage",
    ...iterations,
    "stage",
    "evaluation",
    "stage",
    "comparison",
    "done",
  ]);
  assert.is(done.exit, 0);
  assert.equal(done.evaluations.map((e) => [e.label, e.n, e.policy_version]), [["before", 8, 0], ["after", 8, 6]]);
  assert.is(done.comparisons[0]?.n, 8);
  const lines = readFileSync(path.join(done.run, "events.jsonl"), "utf8").trim().split("\n");
  assert.is(JSON.parse(lines.at(-1)!).type, "done");
});

test("runPipeline learns the board: unseen names, greedy, before against after", async (t) => {
  const runs = t.use(runsFolder());
  const sets = ["stages.0.evaluate.sample_size=40", "stages.1.train.iterations=12", "stages.2.evaluate.sample_size=40"];
  const { evaluations: [before, after] } = await runBoard(runs.path, { sets });
  assert.ok(before!.success_rate <= 0.2, `before ${before!.success_rate}`);
  assert.ok(after!.success_rate >= 0.9, `after ${after!.success_rate}`);
});

test("runPipeline gives bit-equal weights and episodes at concurrency 1 and 4", async (t) => {
  const runs = t.use(runsFolder());
  const one = await runBoard(runs.path, { sets: ["concurrency=1", "environment.options.capacity=2"] });
  const four = await runBoard(runs.path, { sets: ["concurrency=4", "environment.options.capacity=3"] });
  const other = await runBoard(runs.path, { sets: ["seed=8"] });
  assert.equal(await outcomeOf(one.run), await outcomeOf(four.run));
  assert.is.not((await outcomeOf(one.run)).weights, (await outcomeOf(other.run)).weights);
});

test("runPipeline stops with exit 4 when faults outlast their retries, and pays nothing for them", async (t) => {
  const runs = t.use(runsFolder());
  const done = await runBoard(runs.path, { sets: ["environment.options.broken=true"] });
  assert.is(done.exit, 4);
  assert.is(done.error?.code, "HALO_ENVIRONMENT_FAULT");
  assert.equal(done.evaluations, []);
  assert.is(JSON.parse(readFileSync(path.join(done.run, "state.json"), "utf8")).status, "STOPPED");
});

test("runPipeline starts no iteration at or past limits.env_steps, finishes the one that reaches it", async (t) => {
  const runs = t.use(runsFolder());
  const sets = ["limits.env_steps=1", "stages.1.train.tasks_per_iteration=2", "stages.1.train.iterations=1"];
  const reached = await runBoard(runs.path, { sets });
  assert.equal([reached.exit, reached.evaluations.length], [0, 2], "the last iteration may reach it");

  const stopped = await runBoard(runs.path, { sets: [...sets, "stages.1.train.iterations=2"] });
  assert.equal([stopped.exit, stopped.error?.code], [6, "HALO_LIMIT_ENV_STEPS"]);
  assert.equal(await iterationsOf(stopped.run), [1]);
  const again = await runBoard(runs.path, { resume: stopped.run });
  assert.equal([again.exit, again.env_steps, await iterationsOf(stopped.run)], [6, stopped.env_steps, [1]]);
});

test("runPipeline names the adapter that version 0 stands for", async (t) => {
  const runs = t.use(runsFolder());
  const few = ["stages.0.evaluate.sample_size=1", "stages.1.train.iterations=1", "stages.2.evaluate.sample_size=1"];
  const first = await runBoard(runs.path, { sets: few });
  assert.equal(first.evaluations.map((e) => "adapter" in e), [false, false]);
  const dir = path.join(first.run, "iter/1/adapter");
  const { evaluations: [before, after] } = await runBoard(runs.path, {
    sets: [...few, `policy.options.adapter=${dir}`],
  });
  const { adapter: sha256 } = await outcomeOf(first.run);
  assert.equal(before!.adapter, { dir, sha256 });
  assert.is(after!.adapter, undefined);
  assert.match(evaluationLine(before!), `greedy, adapter ${dir} (${sha256.slice(0, 8)}), `);
  assert.match(evaluationLine(after!), "greedy, policy 1, ");
});

test("runPipeline stopped by a signal resumes to the result of an uninterrupted run", async (t) => {
  const runs = t.use(runsFolder());
  const whole = await outcomeOf((await runBoard(runs.path)).run);
  for (const stopAfter of [1, 5, 12, 20]) {
    const controller = new AbortController();
    let seen = 0;
    const onEvent = () => {
      if (++seen === stopAfter) controller.abort(new HaloError("HALO_INTERRUPTED", "stopped by the test"));
    };
    const stopped = await runBoard(runs.path, { signal: controller.signal, onEvent });
    assert.is(stopped.exit, 130);
    const resumed = await runBoard(runs.path, { resume: stopped.run });
    assert.is(resumed.exit, 0);
    assert.equal(await outcomeOf(resumed.run), whole);
  }
});
