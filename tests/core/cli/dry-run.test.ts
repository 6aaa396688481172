import { existsSync } from "node:fs";
import { assert, suite } from "../../harness.ts";
import { runsFolder } from "../run/board-run.ts";
import { board } from "./board.ts";
import { capture } from "./capture.ts";

const test = suite("cli/dry-run");

test("halo run --dry-run prints plugins with origins, tasks, counts and limits, and writes nothing", async (t) => {
  const runs = t.use(runsFolder());
  const dir = `${runs.path}/none`;
  const { exit, out, err } = await capture(["run", board, "--dry-run", "--runs-dir", dir, "--seed", "9"]);
  assert.equal([exit, err, existsSync(dir)], [0, "nothing was started, nothing was written", false]);
  assert.is(
    out,
    `board  seed 9, reproducible
  tasks        tasks/board        tests/board/pipeline.yaml:3
  environment  environment/board  tests/board/pipeline.yaml:4
  policy       policy/linear      tests/board/pipeline.yaml:5
  algorithm    algorithm/grpo     tests/board/pipeline.yaml:7
  trainer      trainer/linear     tests/board/pipeline.yaml:8
  rewards.0    reward/board       tests/board/pipeline.yaml:6, weight 1
  1. evaluate before: 8 episodes, at most 40 steps
     tasks: one 4, two 4
     board/eval/0@123, board/eval/1@123, board/eval/2@123, …
  2. train 2 iterations: 6 to 12 task slots, 8 samples a decision
     first tasks: one 3, two 3
     board/train/0@0, board/train/1@0, board/train/2@0, …
  3. evaluate after: 8 episodes, at most 40 steps
     tasks: one 4, two 4
     board/eval/0@123, board/eval/1@123, board/eval/2@123, …
  4. compare before → after
  limits  fault_retries 2, loop 3, invalid 3, step_timeout_s 20, policy_timeout_s 60, train_timeout_s 3600, start_timeout_s 900, stall_timeout_s 120, faulty_tasks 0.1, env_steps 0, tokens 0, usd 0`,
  );
});

test("halo run --dry-run --json has a plan for every arm and the tasks a run then draws", async () => {
  const { exit, out } = await capture(["run", "tests/board/ab.yaml", "--dry-run", "--json"]);
  assert.is(exit, 0);
  const lines = out.split("\n").map((line) => JSON.parse(line));
  assert.equal(lines.map((l) => [l.type, l.arm]), [["plan", "high"], ["plan", "low"], ["done", undefined]]);
  const [train, evaluate] = lines[1].stages;
  assert.equal([train.label, train.env_steps, train.slots, train.tasks.length], [
    "60 environment steps",
    60,
    undefined,
    48,
  ]);
  assert.equal([evaluate.episodes, evaluate.tasks.length, evaluate.tasks[7]], [8, 8, "board/eval/7@123"]);
});

test("halo run --dry-run explains Agent Q on the GPU path, with a tiny model laid over it too", async () => {
  const gpu = ["run", "pipelines/agentq-gomail.yaml", "--profile", "gpu", "--dry-run"];
  const tiny = ["--overlay", "tests/fixtures/services/agentq-tiny.yaml"];
  const env = { HALO_LORA_TOKEN: "t", HALO_MODEL: "tiny" };
  for (
    const [flags, train] of [[
      [],
      "20000 environment steps: ends with the iteration that reaches 20000 steps, 5 samples",
    ], [
      tiny,
      "2 iterations: 2 task slots, 3 samples",
    ]] as const
  ) {
    const { exit, out } = await capture([...gpu, ...flags], { env });
    assert.is(exit, 0);
    for (const used of ["policy/vllm", "algorithm/agentq", "trainer/lora", "critic/self"]) {
      assert.match(out, ` ${used} `);
    }
    assert.match(out, `train ${train} a decision`);
  }
});

test("a secret that is not set is a warning of halo check and of halo run --dry-run, and stops halo run", async () => {
  const secret = "--set=policy={use: openai, options: {key: '${secret:OPENAI_API_KEY}'}}";
  const argv = ["pipelines/eval-gomail.yaml", secret];
  const warning = `the secret OPENAI_API_KEY of --set #1:1 is not set and a run needs it: export OPENAI_API_KEY=…, ` +
    "or OPENAI_API_KEY_FILE=<path of a file that holds it>";
  const checked = await capture(["check", ...argv]);
  assert.is(checked.exit, 0);
  assert.ok(checked.err.split("\n").includes(`warning ${warning}`), checked.err);
  const planned = await capture(["run", ...argv, "--dry-run"]);
  assert.is(planned.exit, 0);
  assert.ok(planned.out.split("\n").includes(`  warning  ${warning}`), planned.out);
  const ran = await capture(["run", ...argv]);
  assert.is(ran.exit, 2);
  assert.match(ran.err, /^error HALO_SECRET_MISSING {2}--set #1 .*\n.*\n.* the secret OPENAI_API_KEY is not set\n/);
});

test("halo run --dry-run refuses what a run would refuse", async () => {
  const { exit, err } = await capture(["run", board, "--dry-run", "--set=stages=[{evaluate: {split: evil}}]"]);
  assert.is(exit, 2);
  assert.match(err, /^error HALO_TASK_SPLIT_UNKNOWN {2}--set #1 /);
});
