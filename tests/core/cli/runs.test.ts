import { mkdirSync, writeFileSync } from "node:fs";
import process from "node:process";
import { createRun } from "../../../core/record/run-folder.ts";
import { assert, suite } from "../../harness.ts";
import { runsFolder } from "../run/board-run.ts";
import { finishedRun } from "./board.ts";
import { capture } from "./capture.ts";

const finished = await finishedRun();
process.on("exit", () => finished.close());
const { runsDir, id } = finished;
const test = suite("cli/runs");

const show = (...flags: readonly string[]) => capture(["runs", "show", "latest", ...flags, "--runs-dir", runsDir]);

test("halo runs lists each run with its state, seed and time", async () => {
  const { exit, out, err } = await capture(["runs", "--runs-dir", runsDir]);
  assert.equal([exit, err], [0, ""]);
  const [, y, m, d, hh, mm, ss] = /(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(id)!;
  const steps = JSON.parse((await capture(["runs", "--runs-dir", runsDir, "--json"])).out).items[0].envSteps;
  assert.ok(steps > 2, `${steps} steps`);
  assert.match(
    out.replace(/ {2,}\d+ s {2}/, "  "),
    new RegExp(`^${id}  DONE  seed 7  0/2 → [012]/2  ${steps} steps  `),
  );
  assert.ok(out.endsWith(`${y}-${m}-${d}T${hh}:${mm}:${ss}Z`), out);
  const json = await capture(["runs", "--runs-dir", runsDir, "--json"]);
  const { type, items: [{ created: _, seconds: __, envSteps: ___, evaluations, ...item }] } = JSON.parse(json.out);
  assert.equal([type, item], ["runs", {
    id,
    path: `${runsDir}/${id}`,
    name: "board",
    seed: 7,
    status: "DONE",
    stages: ["evaluate", "train", "evaluate", "compare"],
    arms: [],
    iterations: 1,
    of: 1,
  }]);
  assert.equal(evaluations.map((e: { readonly label: string; readonly n: number }) => [e.label, e.n]), [
    ["before", 2],
    ["after", 2],
  ]);
});

test("halo runs aligns its columns, a damaged run says what is wrong with it", async (t) => {
  const { path } = t.use(runsFolder());
  mkdirSync(`${path}/bad`);
  writeFileSync(`${path}/bad/run.json`, "{}");
  const run = { name: "a-longer-name", document: {}, base: path };
  await createRun(path, { ...run, id: "short", seed: 3 });
  await createRun(path, { ...run, id: "a-longer-name-1", seed: 1234 });
  const { out } = await capture(["runs", "--runs-dir", path]);
  const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g;
  const [bad, ...good] = out.replace(time, "TIME").split("\n");
  assert.is(
    bad,
    `bad              DAMAGED  ${path}/bad/run.json:1: expected one JSON object with schema "halo.run/1", got no schema`,
  );
  assert.equal(good.sort(), [
    "a-longer-name-1  NEW      seed 1234  TIME",
    "short            NEW      seed 3     TIME",
  ]);
});

test("halo runs says so when there are none", async (t) => {
  const { path } = t.use(runsFolder());
  assert.equal(await capture(["runs", "--runs-dir", path]), {
    exit: 0,
    out: "",
    err: `no runs in ${path}; halo run makes one, --runs-dir names another folder`,
  });
});

test("halo runs show prints evaluations, comparison, counts and what stayed unsolved", async () => {
  const { exit, out, err } = await show();
  assert.is(exit, 0);
  const lines = out.split("\n");
  assert.is(lines[0], `${id}  DONE  seed 7  ${runsDir}/${id}`);
  assert.is(lines[1], "before               0/2  0.0 % [0.0 %, 65.8 %]  greedy, policy 0, 5.0 steps, reward 0.250");
  assert.ok(lines[2]!.startsWith("after "));
  assert.ok(lines[3]!.startsWith("before → after: "));
  assert.is(lines[5], "1 iterations, 6 episodes");
  const unsolved = lines.filter((line) => line.startsWith("  unsolved before/board/eval/"));
  assert.is(unsolved.length, 2);
  assert.match(unsolved[0]!, /^ {2}unsolved before\/board\/eval\/\d@123#0 {2}\(max_steps: pressed .+\)$/);
  assert.is(err, `see: halo runs show ${id} --episode ID, or --group ID (for example i1.s0.0)`);
});

test("halo runs show --json is one line about the run", async () => {
  const { type, status, iterations, episodes, ...info } = JSON.parse((await show("--json")).out);
  assert.equal([type, info.id, status, iterations, episodes], ["run", id, "DONE", 1, 6]);
});

test("halo runs show --group shows each candidate, its reward terms with evidence and its advantage", async () => {
  const { exit, out, err } = await show("--group", "i1.s0.0");
  assert.equal([exit, err], [0, ""]);
  // One tile of twelve is paid 0.5; the mean over eight is 0.0625. The untrained policy gives each of 15 choices 1/15.
  assert.is(
    out,
    `board/train/0@0  "Press the tile "olive"."
group i1.s0.0  step, policy 0, temperature 1
  * click e1 "olive"  reward 0.50  advantage +0.438  logprob -2.708  (solved)
      +0.50 board/tile: olive is pressed
    click e6 "guava"  reward 0.00  advantage -0.063  logprob -2.708
    scroll 0,-480px  reward 0.00  advantage -0.063  logprob -2.708
    scroll 0,480px  reward 0.00  advantage -0.063  logprob -2.708
    click e11 "kiwi"  reward 0.00  advantage -0.063  logprob -2.708
    click e0 "mango"  reward 0.00  advantage -0.063  logprob -2.708
    click e8 "melon"  reward 0.00  advantage -0.063  logprob -2.708
    click e8 "melon"  reward 0.00  advantage -0.063  logprob -2.708`,
  );
});

test("halo runs show --group --json holds the same as data", async () => {
  const { out } = await show("--group", "i1.s0.0", "--json");
  const group = JSON.parse(out);
  assert.equal([group.type, group.id, group.task, group.shape, group.policyVersion, group.temperature], [
    "group",
    "i1.s0.0",
    "board/train/0@0",
    "step",
    0,
    1,
  ]);
  const [{ branches, chosen, prompt }] = group.decisions;
  assert.equal([branches.length, chosen, prompt], [8, 0, "choice"]);
  assert.equal(branches.map((b: { advantage: number }) => b.advantage), [0.4375, ...Array(7).fill(-0.0625)]);
  assert.equal(branches[0].terms, [{ name: "board/tile", value: 0.5, evidence: "olive is pressed" }]);
});

test("halo runs show --episode of a training episode shows its groups in order and the path it took", async () => {
  const { exit, out } = await show("--episode", "i1.s1#0");
  const lines = out.split("\n");
  assert.is(exit, 0);
  assert.match(lines[0]!, /^board\/train\/1@0 {2}"Press the tile "\w+", then the tile "\w+"\."$/);
  const groups = lines.filter((line) => line.startsWith("group "));
  assert.ok(groups.length > 1);
  groups.forEach((line, i) => assert.ok(line.startsWith(`group i1.s1.${i}  step, policy 0, temperature 1`), line));
  assert.is(lines.filter((line) => line.startsWith("  * ")).length, groups.length);
});

test("halo runs show --episode of an evaluation shows each step, what it landed on and how it ended", async () => {
  const { exit, out } = await show("--episode", "before/board/eval/1@123#0");
  assert.is(exit, 0);
  assert.is(
    out,
    `before/board/eval/1@123#0  "Press the tile "fir", then the tile "maple"."
  0  click e11  on button "fir"  reward 0.50  logprob -2.708
       +0.50 board/tile: fir is pressed
  1  click e0  on button "yew"  reward 0.00  logprob -2.708
  2  click e1  on button "elm"  reward 0.00  logprob -2.708
  3  click e5  on button "oak"  reward 0.00  logprob -2.708
  4  click e1  on button "elm"  reward 0.00  logprob -2.708
  5  click e9  on button "hazel"  reward 0.00  logprob -2.708
not solved (max_steps): pressed fir, yew, elm, oak, hazel; reward 0.50`,
  );
  const prefix = await show("--episode", "before/board/eval/1");
  assert.is(prefix.out, out);
  const { type, trace, success, stop } = JSON.parse((await show("--episode", "before/board/eval/1", "--json")).out);
  assert.equal([type, trace.length, success, stop], ["episode", 6, false, "max_steps"]);
});

for (
  const [flags, message] of [
    [
      ["--episode", "after/board/eval/1@0#0"],
      `error HALO_EPISODE_NOT_FOUND\n  run ${id} has no episode "after/board/eval/1@0#0"; did you mean after/board/eval/1@123#0?\n  see: halo runs show ${id}`,
    ],
    [
      ["--group", "i9.s0.0"],
      `error HALO_GROUP_NOT_FOUND\n  run ${id} has no group "i9.s0.0"\n  try: its groups: i1.s0.0, i1.s1.0`,
    ],
    [
      ["--group", "i1.s7.0"],
      `error HALO_GROUP_NOT_FOUND\n  run ${id} has no group "i1.s7.0"\n  try: its groups: i1.s0.0, i1.s1.0`,
    ],
    [
      ["--group", "i1.s0.9"],
      `error HALO_GROUP_NOT_FOUND\n  run ${id} has no group "i1.s0.9"\n  try: its groups: i1.s0.0`,
    ],
  ] as const
) {
  test(`halo runs show ${flags.join(" ")} ends with 2 and names what there is`, async () => {
    assert.equal(await show(...flags), { exit: 2, out: "", err: message });
  });
}

test("halo runs refuses another verb and an unknown run", async () => {
  assert.equal(await capture(["runs", "sow", "--runs-dir", runsDir]), {
    exit: 2,
    out: "",
    err: 'error HALO_CLI_USAGE\n  expected "list", "show", "rm" or "prune", got "sow"\n  see: halo runs --help',
  });
  const { exit, err } = await capture(["runs", "show", "bord", "--runs-dir", runsDir]);
  assert.equal([exit, err.split("\n").at(-1)], [2, "  see: halo runs"]);
});
