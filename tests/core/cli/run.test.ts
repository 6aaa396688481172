import type { Evaluation } from "../../../core/record/events.ts";
import { HaloError } from "../../../core/util/errors.ts";
import { assert, suite } from "../../harness.ts";
import { runsFolder } from "../run/board-run.ts";
import { board, small } from "./board.ts";
import { capture } from "./capture.ts";

const test = suite("cli/run");

test("halo run --json prints every event as a line, from launch to done", async (t) => {
  const runs = t.use(runsFolder());
  const { exit, out, err } = await capture(["run", board, "--runs-dir", runs.path, "--json", ...small]);
  assert.equal([exit, err], [0, ""]);
  const lines = out.split("\n").map((line) => JSON.parse(line));
  assert.equal(lines.map((l) => l.type).filter((type) => type !== "episode" && type !== "slot"), [
    "launch",
    "stage",
    "evaluation",
    "stage",
    "iteration",
    "stage",
    "evaluation",
    "stage",
    "comparison",
    "done",
  ]);
  const { run, ...launch } = lines[0];
  assert.equal(launch, { type: "launch", name: "board", seed: 7, resumed: false, reproducible: true });
  assert.ok(run.startsWith(`${runs.path}/board-`));
  const done = lines.at(-1);
  assert.equal(Object.keys(done), [
    "type",
    "ok",
    "exit",
    "run",
    "wall_s",
    "train_s",
    "env_steps",
    "frac_reward_zero_std",
    "evaluations",
    "comparisons",
    "gates",
  ]);
  assert.equal([done.ok, done.exit, done.run, done.gates], [true, 0, run, []]);
  assert.ok(done.wall_s >= done.train_s && done.train_s > 0);
  assert.equal(done.evaluations, lines.filter((l) => l.type === "evaluation").map(({ type: _, ...e }) => e));
  assert.equal(done.comparisons, lines.filter((l) => l.type === "comparison").map(({ type: _, ...c }) => c));
  const iteration = lines.find((l) => l.type === "iteration");
  assert.equal([done.env_steps, done.frac_reward_zero_std], [
    iteration.env_steps,
    iteration.metrics.frac_reward_zero_std,
  ]);
  assert.ok(Object.values(iteration.metrics).every(Number.isFinite));
  assert.equal(done.evaluations.map((e: Evaluation) => Object.keys(e)), [before, before]);
  const [first] = done.evaluations;
  assert.equal([first.label, first.n, first.decoding, first.policy_version, first.by_template], [
    "before",
    2,
    "greedy",
    0,
    { one: { n: 1, successes: 0 }, two: { n: 1, successes: 0 } },
  ]);
  const [comparison] = done.comparisons;
  assert.equal([comparison.label_a, comparison.label_b, comparison.n, comparison.test], [
    "before",
    "after",
    2,
    "mcnemar mid-p",
  ]);
  for (const key of ["a", "b", "delta", "ci95", "p", "flipped", "verdict"]) assert.ok(key in comparison, key);
});

const before = [
  "label",
  "decoding",
  "policy_version",
  "n",
  "successes",
  "success_rate",
  "ci95",
  "mean_reward",
  "episode_length",
  "by_template",
];

test("halo run tells people what happens on stderr and the result on stdout, --quiet the result only", async (t) => {
  const runs = t.use(runsFolder());
  const loud = await capture(["run", board, "--runs-dir", runs.path, ...small]);
  const quiet = await capture(["run", board, "--runs-dir", runs.path, "--quiet", ...small]);
  assert.equal([loud.exit, quiet.exit, quiet.err], [0, 0, ""]);
  // What differs between two equal runs: the run's id and the seconds.
  const same = (text: string) =>
    text.replace(/board-\d+-\d+-[0-9a-f]{6}/g, "ID").replace(/\d+\.\d s(?=[,)]|$)/gm, "T s");
  assert.is(same(loud.out), same(quiet.out));
  const out = same(loud.out).split("\n");
  assert.is(out[0], "before               0/2  0.0 % [0.0 %, 65.8 %]  greedy, policy 0, 5.0 steps, reward 0.250");
  assert.match(out[1]!, /^after +\d\/2 {2}\d+\.\d % \[.*\] {2}greedy, policy 1, \d\.\d steps, reward -?\d\.\d+$/);
  assert.match(out[2]!, /^before → after: [+−]\d+\.\d points \[.*\], p = \d\.\d{4} \(mcnemar mid-p, 2 tasks paired\)$/);
  assert.match(out[4]!, /^trained T s, \d+ environment steps, \d+\.\d % of groups without gradient$/);
  assert.is(out[5], `run ${runs.path}/ID  (T s)`);
  assert.is(out.length, 6);
  const err = same(loud.err).split("\n");
  assert.is(err[0], `run ${runs.path}/ID  seed 7, reproducible`);
  assert.is(err[1], out[0]);
  assert.match(
    err[2]!,
    /^iteration {3}1\/1 {2}reward -?\d\.\d{3} {2}success \d\.\d\d {2}dead groups \d+\.\d % {2}steps \d+ {2}valid 100\.0 % {2}T s$/,
  );
  assert.equal(err.slice(3), out.slice(1, 2));
});

test("halo run --seed and --runs-dir are --set by another name", async (t) => {
  const runs = t.use(runsFolder());
  const argv = [
    "run",
    board,
    "--seed",
    "9",
    "--set",
    `runs_dir=${runs.path}`,
    "--json",
    "--set=stages=[{evaluate: {label: x, sample_size: 1}}]",
  ];
  const { exit, out } = await capture(argv);
  const launch = JSON.parse(out.split("\n")[0]!);
  assert.equal([exit, launch.seed, launch.run.startsWith(runs.path)], [0, 9, true]);
});

test("halo run stops with 4 when the environment stays broken, and names the way on", async (t) => {
  const runs = t.use(runsFolder());
  const argv = [
    "run",
    board,
    "--runs-dir",
    runs.path,
    "--set",
    "environment.options.broken=true",
    "--set",
    "concurrency=1",
  ];
  const text = await capture(argv);
  const run = text.out.match(/^run (\S+)/m)?.[1];
  assert.is(text.exit, 4);
  assert.equal(text.err.split("\n"), [
    `run ${run}  seed 7, reproducible`,
    "stopped HALO_ENVIRONMENT_FAULT  episode before/board/eval/0@123#0: the board is broken",
    `continue with: halo run --resume ${run}`,
  ]);
  const json = await capture([...argv, "--json"]);
  const done = JSON.parse(json.out.split("\n").at(-1)!);
  assert.equal([json.exit, done.type, done.ok, done.exit, done.evaluations, done.error], [4, "done", false, 4, [], {
    code: "HALO_ENVIRONMENT_FAULT",
    message: "episode before/board/eval/0@123#0: the board is broken",
  }]);
});

test("halo run stopped by a signal ends with 130, and --resume finishes it with the result of an unstopped run", async (t) => {
  const runs = t.use(runsFolder());
  const controller = new AbortController();
  const onOut = (line: string) => {
    if (line.includes('"type":"slot"')) controller.abort(new HaloError("HALO_INTERRUPTED", "interrupted"));
  };
  const argv = ["run", board, "--runs-dir", runs.path, ...small, "--json"];
  const stopped = await capture(argv, { signal: controller.signal, onOut });
  assert.is(stopped.exit, 130);
  const resumed = await capture(["run", "--resume", "latest", "--runs-dir", runs.path, "--json"]);
  assert.is(resumed.exit, 0);
  assert.is(JSON.parse(resumed.out.split("\n")[0]!).resumed, true);
  const whole = await capture(argv);
  const result = ({ out }: { readonly out: string }) => {
    const { run: _, wall_s: _w, train_s: _t, ...rest } = JSON.parse(out.split("\n").at(-1)!);
    return rest;
  };
  assert.equal(result(resumed), result(whole));
});

for (
  const [argv, message] of [
    [
      ["run"],
      "error HALO_CLI_USAGE\n  no pipeline given, and no pipeline.yaml here\n  see: halo run pipelines/grpo-gomail.yaml, or halo init for a pipeline.yaml of your own",
    ],
    [
      ["run", board, "--seed", "x"],
      'error HALO_CLI_USAGE\n  --seed must be a whole number, got "x"\n  see: halo run --help',
    ],
    [
      ["run", "--resume", "nope", "--runs-dir", "tests/fixtures/pipelines"],
      'error HALO_RUN_NOT_FOUND\n  no run "nope" in tests/fixtures/pipelines, which has no runs\n  see: halo run makes one; --runs-dir names other folders',
    ],
  ] as const
) {
  test(`halo ${argv.join(" ")} ends with 2 and starts nothing`, async () => {
    const { exit, out, err } = await capture(argv);
    assert.equal([exit, out, err], [2, "", message]);
  });
}

test("halo run --resume refuses whatever would change the run's pipeline", async (t) => {
  const runs = t.use(runsFolder());
  const first = await capture(["run", board, "--runs-dir", runs.path, "--quiet", ...small]);
  assert.is(first.exit, 0);
  const changes = [[board], ["--set", "seed=1"], ["--seed", "1"], ["--profile", "x"], ["--mode", "quick"], [
    "--overlay",
    "o.yaml",
  ]];
  for (const change of changes) {
    const { exit, err } = await capture(["run", ...change, "--resume", "latest", "--runs-dir", runs.path]);
    assert.equal([exit, err], [
      2,
      "error HALO_CLI_USAGE\n  a resumed run keeps its own pipeline: give neither a file nor anything that changes what is learned\n  see: halo run --resume latest",
    ], change.join(" "));
  }
});

test("halo run --resume takes a higher limit, and ends as a run that had it from the start", async (t) => {
  const runs = t.use(runsFolder());
  const argv = ["run", board, "--runs-dir", runs.path, "--json"];
  assert.is((await capture([...argv, "--set=limits.env_steps=10"])).exit, 6);
  const more = ["run", "--resume", "latest", "--runs-dir", runs.path, "--json", "--set", "limits.env_steps=0"];
  const resumed = await capture(more);
  const whole = await capture(argv);
  const result = ({ out }: { readonly out: string }) => {
    const { run: _, wall_s: _w, train_s: _t, ...rest } = JSON.parse(out.split("\n").at(-1)!);
    return rest;
  };
  assert.equal([resumed.exit, result(resumed)], [0, result(whole)]);
});
