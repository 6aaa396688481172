import { checkStages } from "../../../../core/config/crosscheck.ts";
import { loadPipeline } from "../../../../core/config/load.ts";
import { evaluationLine } from "../../../../core/cli/report/lines.ts";
import { openRun } from "../../../../core/record/runs.ts";
import { runPipeline } from "../../../../core/run/pipeline.ts";
import { silentLog } from "../../../../core/util/log.ts";
import { packageRoot } from "../../../../core/util/package-root.ts";
import { assert, suite, type TestContext } from "../../../harness.ts";
import { runsFolder } from "../board-run.ts";

const test = suite("evaluate/temperature");

/** Evaluates six tasks of the board with the untrained policy, started from an adapter that has learned. */
async function evaluations(t: TestContext, stages: string) {
  const runs = t.use(runsFolder());
  const o = { log: silentLog, signal: t.signal, packageRoot: packageRoot() };
  const load = (sets: readonly string[]) =>
    loadPipeline("tests/board/pipeline.yaml", {
      cwd: packageRoot(),
      env: {},
      sets: [`runs_dir=${runs.path}`, ...sets],
    });
  const learned = await runPipeline(await load(["stages=[{train: {iterations: 3, tasks_per_iteration: 4}}]"]), o);
  const adapter = (await openRun(learned.run, runs.path)).iteration(3).adapterPath;
  const pipeline = await load([`stages=${stages}`, `policy.options.adapter=${adapter}`]);
  return { pipeline, done: await runPipeline(pipeline, o) };
}

test("a sampled evaluation at a temperature differs from one at another, is recorded and shown with it", async (t) => {
  const at = (label: string, more: string) =>
    `{evaluate: {label: ${label}, sample_size: 6, episodes_per_task: 3, ${more}}}`;
  const stages = [at("cold", "decoding: sample, temperature: 0.01"), at("one", "decoding: sample"), at("greedy", "")];
  const { done } = await evaluations(t, `[${stages.join(",")}]`);
  const [cold, one, greedy] = done.evaluations;
  assert.equal([cold!.temperature, one!.temperature, greedy!.temperature], [0.01, undefined, undefined]);
  assert.is(cold!.successes, greedy!.successes, "near 0 it is greedy");
  assert.not.equal([cold!.successes, cold!.mean_reward], [one!.successes, one!.mean_reward]);
  assert.match(evaluationLine(cold!), /sample at 0\.01, adapter /);
  assert.match(evaluationLine(one!), / sample, adapter /);
});

test("a temperature beside greedy decoding is a warning", async () => {
  const sets = ["stages=[{evaluate: {temperature: 0.5}}]"];
  const pipeline = await loadPipeline("tests/board/pipeline.yaml", { cwd: packageRoot(), env: {}, sets });
  assert.match(
    String(checkStages(pipeline)[0]?.message),
    /^"evaluate" decodes greedily, so its temperature is not used/,
  );
});
