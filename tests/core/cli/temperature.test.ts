import process from "node:process";
import { openRun } from "../../../core/record/runs.ts";
import { checkReward, readPath, termsOf } from "../../../core/testing.ts";
import { assert, suite } from "../../harness.ts";
import { createPlugin } from "../../../core/testing.ts";
import reward from "../../board/reward.ts";
import { runsFolder } from "../run/board-run.ts";
import { board, small } from "./board.ts";
import { capture } from "./capture.ts";

const runs = runsFolder();
process.on("exit", () => runs.close());
await capture(["run", board, "--runs-dir", runs.path, "--quiet", ...small]);
const test = suite("cli/temperature");

const temperature = (...argv: readonly string[]) => capture(["temperature", ...argv, "--runs-dir", runs.path]);
const parsed = (out: string) => out.split("\n").map((line) => JSON.parse(line));

test("halo temperature shows that temperature changes the actions at equal seeds", async () => {
  const argv = ["--from", "latest", "--temperature", "0,3,9", "--n", "3", "--json"];
  const { exit, out, err } = await temperature(...argv);
  assert.equal([exit, err], [0, ""]);
  const lines = parsed(out);
  assert.equal(lines.map((l) => l.type), ["trials", "trials", "trials", "done"]);
  const [cold, , hot, done] = lines;
  assert.equal([cold.task, cold.seed, cold.policy_version, cold.temperature], ["board/eval/0@123", 0, 1, 0]);
  assert.equal(cold.distinct, { sequences: 1, first_actions: 1, actions: 1, of_actions: 3 });
  assert.ok(hot.distinct.actions > cold.distinct.actions && done.differing_episodes > 0);
  assert.is((await temperature(...argv)).out, out);
  const other = await temperature(...argv, "--seed", "4");
  assert.not.equal(other.out, out);
});

test("halo temperature prints a table of sequences, and says when a policy prefers nothing", async () => {
  const { exit, out } = await temperature(board, "--n", "2", "--task", "*/1@*");
  assert.is(exit, 0);
  const lines = out.split("\n");
  assert.is(lines[0], `board/eval/1@123  "Press the tile "fir", then the tile "maple"."  seed 0, policy 0`);
  assert.match(
    lines[1]!,
    /^temperature 0 {4}distinct: 2\/2 sequences, \d\/2 first actions, \d+\/\d+ actions; 0 solved$/,
  );
  assert.match(lines[2]!, /^ {2}0 {2}\w+ .* → .*\((max_steps|loop|declared)\)$/);
  assert.equal(lines.slice(-2), [
    "2 of 2 episodes change with the temperature, at equal seeds",
    "above 0 it changes nothing: the policy is sure here (try higher ones) or prefers no action (untrained: try --from RUN)",
  ]);
});

test("halo temperature --expect-change ends with 5 when no episode changes with the temperature", async () => {
  const argv = [board, "--n", "2", "--expect-change", "--temperature"];
  const changed = await temperature(...argv, "0,9");
  assert.equal([changed.exit, changed.err], [0, ""]);
  const same = await temperature(...argv, "0,0");
  assert.equal([same.exit, same.err], [5, "--expect-change: no episode changes with the temperature"]);
  const done = parsed((await temperature(...argv, "0,0", "--json")).out).at(-1);
  assert.equal([done.ok, done.exit, done.differing_episodes], [false, 5, 0]);
});

test("halo temperature names the adapter that the policy starts from", async () => {
  const adapter = (await openRun("latest", runs.path)).iteration(1).adapterPath;
  const argv = [board, "--temperature", "0", "--n", "1", "--set", `policy.options.adapter=${adapter}`];
  const { exit, out, err } = await temperature(...argv);
  assert.is(exit, 0, err);
  assert.match(out.split("\n")[0]!, `seed 0, adapter ${adapter} (`);
  const [trials] = parsed((await temperature(...argv, "--json")).out);
  assert.equal([trials.policy_version, trials.adapter.dir], [0, adapter]);
});

test("halo temperature --save keeps the pages that a reward is tested on", async () => {
  const file = `${runs.path}/pages.json`;
  const { exit } = await temperature("--from", "latest", "--temperature", "0", "--n", "1", "--save", file);
  assert.is(exit, 0);
  const path = readPath(file);
  const shaper = await createPlugin(reward);
  checkReward(shaper, path);
  assert.equal(termsOf(shaper, path), [[{ name: "tile", value: 0.5, evidence: "oak is pressed" }]]);
  assert.equal(path.steps.at(-1)!.stop, "solved");
});

for (
  const [argv, message] of [
    [[], "HALO_CLI_USAGE\n  expected a pipeline, a run by --from, or both"],
    [[board, "--temperature", "warm"], 'HALO_CLI_USAGE\n  --temperature must be numbers from 0 up, got "warm"'],
    [
      [board, "--task", "*nothing*"],
      'HALO_TASKS_EMPTY\n  none of the first 256 tasks of "eval" has a key like "*nothing*"',
    ],
    [[board, "--split", "evil"], 'HALO_TASK_SPLIT_UNKNOWN\n  there is no split "evil"; did you mean "eval"?'],
  ] as const
) {
  test(`halo temperature ${argv.join(" ")} ends with 2 and says why`, async () => {
    const { exit, err } = await temperature(...argv);
    assert.equal([exit, err.split("\n").slice(0, 2).join("\n")], [2, `error ${message}`]);
  });
}

test("halo explore is halo temperature, with a note about its new name on stderr", async () => {
  const argv = ["--from", "latest", "--temperature", "0", "--n", "1", "--runs-dir", runs.path, "--json"];
  const [old, now] = [await capture(["explore", ...argv]), await capture(["temperature", ...argv])];
  assert.equal([old.exit, old.out], [0, now.out]);
  assert.is(old.err, '"halo explore" is called "halo temperature" now; the old name still works');
  assert.is(now.err, "");
});
