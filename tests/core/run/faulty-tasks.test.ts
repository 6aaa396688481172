import { chaosRun } from "../../../bench/chaos/chaos-run.ts";
import { planted } from "../../../bench/chaos/planter.ts";
import { openRun } from "../../../core/record/runs.ts";
import { FaultyTasks } from "../../../core/run/context/faulty-tasks.ts";
import { HaloError } from "../../../core/util/errors.ts";
import { evaluationLine } from "../../../core/cli/report/lines.ts";
import { assert, suite } from "../../harness.ts";
import { runsFolder } from "./board-run.ts";

const test = suite("run/faulty-tasks");
const board = { pipeline: "tests/board/pipeline.yaml", environment: "./tests/board/environment.ts", seed: 3 };
const patient = [
  "limits.faulty_tasks=0.4",
  "limits.step_timeout_s=0.5",
  "limits.policy_timeout_s=0.5",
  "limits.fault_retries=12",
];
const small = ["stages.0.evaluate.sample_size=5", "stages.1.train.iterations=1", "stages.2.evaluate.sample_size=5"];

test("what is set aside says what to do about it, where its code tells", async () => {
  const told: string[] = [];
  const ctx = {
    folder: { readFaults: () => Promise.resolve([]) },
    pipeline: { limits: { faulty_tasks: 1 } },
    emit: ({ message }: { readonly message: string }) => Promise.resolve(void told.push(message)),
  };
  const faulty = await FaultyTasks.open(ctx as never, "train");
  const fault = { kind: "environment", code: "HALO_CALL_TIMEOUT", message: "no answer within limits.step_timeout_s" };
  const task = { key: "t", template: "t" } as never;
  await faulty.unlessFaulty({ id: "i15.s0", task }, { planned: 1 }, () => {
    throw new HaloError("HALO_GROUP_FAULT", "a branch failed", { cause: fault });
  });
  assert.equal(told, [
    "i15.s0 is set aside: HALO_CALL_TIMEOUT: no answer within limits.step_timeout_s; raise that limit " +
    "(limits.step_timeout_s is for pages), or play fewer slots at once: concurrency",
  ]);
});

test(
  "a run full of faults ends with the weights and episodes of a calm one that set the same tasks aside",
  async (t) => {
    const runs = t.use(runsFolder()).path;
    const o = { ...board, runs, doomed: ["eval/3@", "train/2@"], isForking: true, sets: [...patient, ...small] };
    const calm = await chaosRun({ ...o, every: 0 });
    assert.equal([calm.done.exit, calm.setAside, planted.total], [0, 3, 0]);
    const wild = await chaosRun({ ...o, every: 9 });
    assert.ok(wild.planted >= 15, `${wild.planted} faults`);
    assert.equal([wild.weights, wild.episodes, wild.setAside], [calm.weights, calm.episodes, 3]);
  },
  { timeoutMs: 120_000 },
);

test(
  "an environment that cannot fork starts an episode anew after a fault, and comes to the same episodes",
  async (t) => {
    const runs = t.use(runsFolder()).path;
    const sets = [
      ...patient,
      "algorithm=null",
      "stages=[{evaluate: {label: x, split: eval, sample_size: 6, decoding: sample}}]",
    ];
    const o = { ...board, runs, doomed: [], isForking: false, sets };
    const calm = await chaosRun({ ...o, every: 0 });
    const wild = await chaosRun({ ...o, every: 9 });
    assert.ok(wild.planted >= 5, `${wild.planted} faults`);
    assert.equal([wild.done.exit, wild.episodes, wild.setAside], [0, calm.episodes, 0]);
  },
  { timeoutMs: 60_000 },
);

test(
  "tasks set aside are out of the success rate, named, and bound it on both sides; past their share the run stops",
  async (t) => {
    const runs = t.use(runsFolder()).path;
    const stage = "stages=[{evaluate: {label: x, split: eval, sample_size: 5}}]";
    const o = { ...board, runs, every: 0, isForking: true, doomed: ["eval/1@", "eval/3@"] };
    const { done } = await chaosRun({ ...o, sets: [...patient, stage] });
    const [evaluation] = done.evaluations;
    const { n, successes, set_aside: aside } = evaluation!;
    assert.equal([done.exit, n], [0, 3]);
    assert.equal(aside, {
      n: 2,
      bounds: [successes / 5, (successes + 2) / 5],
      tasks: ["board/eval/1@123", "board/eval/3@123"],
    });
    assert.match(evaluationLine(evaluation!), /, 2 set aside \(\d+\.\d % to \d+\.\d % with them\)$/);
    const faults = await (await openRun(done.run, runs)).readFaults();
    assert.equal(faults.map(({ id, code }) => [id, code]), [["x/board/eval/1@123#0", "HALO_PAGE_STATUS"], [
      "x/board/eval/3@123#0",
      "HALO_PAGE_STATUS",
    ]]);

    const stopped = await chaosRun({ ...o, sets: [stage, "limits.faulty_tasks=0.3", "concurrency=1"] });
    assert.equal([stopped.done.exit, stopped.done.error?.code, stopped.setAside], [4, "HALO_ENVIRONMENT_FAULT", 0]);
    assert.match(stopped.done.error!.message, "1 of 5 tasks are set aside already");
  },
  { timeoutMs: 60_000 },
);
