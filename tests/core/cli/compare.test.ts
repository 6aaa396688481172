import process from "node:process";
import { HaloError } from "../../../core/util/errors.ts";
import { assert, suite } from "../../harness.ts";
import { runsFolder } from "../run/board-run.ts";
import { board, finishedRun } from "./board.ts";
import { capture } from "./capture.ts";

const finished = await finishedRun();
process.on("exit", () => finished.close());
const { runsDir, id } = finished;
const test = suite("cli/compare");

const compare = (...argv: readonly string[]) => capture(["compare", ...argv, "--runs-dir", runsDir]);

test("halo compare --json is one comparison, paired by task", async () => {
  const { exit, out, err } = await compare("latest:before", "latest:after", "--json");
  assert.equal([exit, err], [0, ""]);
  const c = JSON.parse(out);
  assert.equal(
    [c.type, c.label_a, c.label_b, c.n, c.test],
    ["comparison", `${id}:before`, `${id}:after`, 2, "mcnemar mid-p"],
  );
  assert.equal(c.a, { rate: 0, ci95: [0, 0.6576197724933469] });
  assert.is(c.delta, c.b.rate);
  assert.is(c.flipped.length, 2 * c.delta);
});

test("halo compare prints the difference, its test and each flipped task", async () => {
  const { exit, out, err } = await compare(`${id}:before`, `${id}:after`);
  assert.equal([exit, err], [0, ""]);
  const { flipped } = JSON.parse((await compare("latest:before", "latest:after", "--json")).out);
  const lines = out.split("\n");
  assert.match(
    lines[0]!,
    /^\S+:before → \S+:after: \+\d+\.0 points \[.*\], p = \d\.\d{4} \(mcnemar mid-p, 2 tasks paired\)$/,
  );
  assert.equal(
    lines.slice(2),
    flipped.flatMap(({ key }: { readonly key: string }) => [
      `  ${key}  0 → 1`,
      `    halo runs show ${runsDir}/${id} --episode before/${key}#0`,
      `    halo runs show ${runsDir}/${id} --episode after/${key}#0`,
    ]),
  );
  const shown = await capture(lines[3]!.trim().split(" ").slice(1));
  assert.equal([shown.exit, shown.out.startsWith(lines[3]!.split(" ").at(-1)!)], [0, true]);
});

test("halo compare --min-delta and --max-p are gates that end with 5", async () => {
  const missed = await compare("latest:before", "latest:after", "--min-delta", "0.1", "--max-p", "0.001");
  assert.is(missed.exit, 5);
  const { p, delta } = JSON.parse((await compare("latest:before", "latest:after", "--json")).out);
  const name = `${id}:before→${id}:after`;
  assert.equal(missed.out.split("\n").slice(-2), [
    `gate met  ${name}.min_delta 0.1, got ${delta}`,
    `gate missed  ${name}.max_p 0.001, got ${p}`,
  ]);
  assert.is((await compare("latest:before", "latest:after", "--min-delta", "0.1")).exit, 0);
  const { exit, err } = await compare("latest", "latest", "--max-p", "small");
  assert.equal([exit, err.split("\n")[1]], [2, '  --max-p must be a number, got "small"']);
});

test("halo compare flags an evaluation that was cut short", async (t) => {
  const runs = t.use(runsFolder());
  const controller = new AbortController();
  const onOut = (line: string) => {
    if (line.includes('"label":"after","done":3')) controller.abort(new HaloError("HALO_INTERRUPTED", "interrupted"));
  };
  const stages = "--set=stages=[{evaluate: {label: before}}, {train: {iterations: 1}}, {evaluate: {label: after}}]";
  const argv = ["run", board, "--runs-dir", runs.path, "--json", "--set=concurrency=1", stages];
  const stopped = await capture(argv, { signal: controller.signal, onOut });
  assert.is(stopped.exit, 130);
  const { out, err, exit } = await capture(["compare", "latest:before", "latest:after", "--runs-dir", runs.path]);
  assert.is(exit, 0);
  assert.match(out, /\(mcnemar mid-p, [34] tasks paired, \d+ more only in \S+\)/);
  assert.match(err, /^warning board-\S+:after was cut short: [34] of 48 episodes; resume its run$/);
  const json = await capture(["compare", "latest:before", "latest:after", "--runs-dir", runs.path, "--json"]);
  const [cut] = JSON.parse(json.out).unfinished;
  assert.equal([cut.of, cut.label.endsWith(":after")], [48, true]);
});

test("halo compare takes the arms of an A/B run", async (t) => {
  const runs = t.use(runsFolder());
  const ran = await capture(["run", "tests/board/ab.yaml", "--runs-dir", runs.path, "--json"]);
  assert.is(ran.exit, 0, ran.err);
  const done = JSON.parse(ran.out.split("\n").at(-1)!);
  const argv = ["latest:high/after", "latest:low/after", "--runs-dir", runs.path];
  const c = JSON.parse((await capture(["compare", ...argv, "--json"])).out);
  const { label_a: _, label_b: __, ...own } = done.comparisons[0];
  const { type: _t, label_a, label_b, unfinished, gates, ...again } = c;
  assert.equal([label_a.endsWith(":high/after"), label_b.endsWith(":low/after"), unfinished, gates], [
    true,
    true,
    [],
    [],
  ]);
  assert.equal(again, own);
  const whole = await capture(["compare", "latest", "latest", "--runs-dir", runs.path]);
  assert.match(whole.err, /try: name one of an arm: board-ab-\S+:high\/LABEL; its arms: high, low$/);
  const shown = await capture(["runs", "show", "latest", "--runs-dir", runs.path]);
  assert.match(shown.out, /^high\/after .*\nlow\/after .*\n.*\n.*\narm high {2}.*\narm low {2}/m);
});

test("halo compare of a label with itself shows no difference", async () => {
  const { out } = await compare("latest:before", "latest:before");
  assert.equal(out.split("\n"), [
    `${id}:before → ${id}:before: +0.0 points [−65.8 points, +65.8 points], p = 1.0000 (mcnemar mid-p, 2 tasks paired)`,
    `  both 0, only ${id}:before 0, only ${id}:before 0, neither 2; too few tasks to show a difference (5 at least)`,
  ]);
});

test("halo compare takes a run's last evaluation when no label is given, by path too", async () => {
  const { out } = await compare(`${runsDir}/${id}`, `${runsDir}/${id}:before`, "--json");
  const { label_a, label_b } = JSON.parse(out);
  assert.equal([label_a, label_b], [`${id}:after`, `${id}:before`]);
});

test("halo compare names the evaluations of a run that lacks the label", async () => {
  assert.equal(await compare("latest:before", "latest:afte"), {
    exit: 2,
    out: "",
    err: `error HALO_COMPARE_LABEL\n  run ${id} has no evaluation "afte"\n  try: its evaluations: before, after`,
  });
});

test("halo compare says when a run has no evaluation at all", async (t) => {
  const runs = t.use(runsFolder());
  await capture([
    "run",
    board,
    "--runs-dir",
    runs.path,
    "--set=environment.options.broken=true",
    "--set=concurrency=1",
  ]);
  const { exit, err } = await capture(["compare", "latest", "latest", "--runs-dir", runs.path]);
  assert.equal([exit, err.replace(/board-\d+-\d+-\w{6}/g, "ID")], [
    2,
    "error HALO_COMPARE_LABEL\n  run ID has no evaluation\n  try: it has none yet: halo runs show ID",
  ]);
});

test("halo compare refuses evaluations without a common task", async (t) => {
  const runs = t.use(runsFolder());
  const stages = (seed: number) =>
    `--set=stages=[{evaluate: {label: only, split: eval, sample_size: 1, task_seed: ${seed}}}]`;
  for (const seed of [1, 2]) await capture(["run", board, "--runs-dir", runs.path, stages(seed)]);
  const { out } = await capture(["runs", "--runs-dir", runs.path, "--json"]);
  const [a, b] = JSON.parse(out).items.map((item: { readonly id: string }) => item.id);
  assert.equal(await capture(["compare", a, b, "--runs-dir", runs.path]), {
    exit: 2,
    out: "",
    err:
      `error HALO_COMPARE_UNPAIRED\n  "${a}:only" and "${b}:only" have no task in common\n  try: evaluate both with the same tasks, split and task_seed`,
  });
});
