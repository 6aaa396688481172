// runtime: node
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { openRun } from "../../../core/record/runs.ts";
import { assert, suite } from "../../harness.ts";
import { runBoard, runsFolder, smallRun } from "../run/board-run.ts";
import { board } from "./board.ts";
import { capture } from "./capture.ts";

const test = suite("cli/preflight");

async function preflown(pipeline: string, ...argv: readonly string[]) {
  const { exit, out, err } = await capture(["preflight", pipeline, "--json", ...argv]);
  const [first, done] = out.split("\n").map((line) => JSON.parse(line));
  return { exit, err, ...first, done };
}

test("halo preflight tries training tasks as a run does, writes nothing, and says what they were like", async (t) => {
  const { path } = t.use(runsFolder());
  const { exit, done, ...found } = await preflown(board, "--tasks", "6", "--set", `runs_dir=${path}`);
  assert.equal([exit, done.ok, found.verdict, found.tasks, found.slots], [0, true, "learns", 6, 6]);
  const sum = Object.values<number>(found.dead).reduce((a, b) => a + b, 0);
  assert.is(found.live_groups + sum, found.groups);
  assert.equal(found.env_steps > 6 * 8 && found.reward_std > 0, true);
  assert.equal(found.success_by_task.length, 6);
  const rows = Object.values<{ readonly tries: number; readonly paid: number }>(found.by_template);
  assert.is(rows.reduce((all, { tries }) => all + tries, 0), 6);
  assert.ok(rows.every(({ tries, paid }) => paid > 0 && paid <= tries));
  assert.equal(readdirSync(path), []);
  const again = await preflown(board, "--tasks", "6");
  assert.equal([again.groups, again.live_groups, again.success_by_task], [
    found.groups,
    found.live_groups,
    found.success_by_task,
  ]);
});

test("a reward that nobody earns ends halo preflight with 5 and what to change", async () => {
  const { exit, out } = await capture(["preflight", board, "--tasks", "4", "--set", "rewards.0.weight=0"]);
  assert.is(exit, 5);
  assert.match(out, /^it will not learn: 4 training tasks tried, \d+ steps\n/);
  assert.match(out, /\n {2}tries paid {10}\S.* 0 of \d\n/);
  assert.match(out, /! none of \d+ groups teaches anything \(.*\); at most \d+\.\d % of all do\n {2}→ pay steps/);
});

test("a policy that starts from an adapter beside a trainer that does not is told: the start would be thrown away", async (t) => {
  const { path } = t.use(runsFolder());
  const { run: folder } = await runBoard(path, { sets: [...smallRun, "stages.1.train.iterations=1"] });
  const adapter = join((await openRun(folder, path)).iteration(1).adapterPath);
  const { exit, doubts } = await preflown(board, "--tasks", "2", "--set", `policy.options.adapter=${adapter}`);
  assert.is(exit, 5);
  assert.ok(doubts.some((d: { name: string }) => d.name === "starts_from_zero"), JSON.stringify(doubts));
});

test("a pipeline without training has nothing to try", async () => {
  const { exit, code } = await preflown("pipelines/eval-gomail.yaml");
  assert.equal([exit, code], [2, "HALO_CLI_USAGE"]);
});
