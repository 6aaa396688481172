import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { openRun } from "../../../core/record/runs.ts";
import { assert, suite } from "../../harness.ts";
import { runsFolder } from "../run/board-run.ts";
import { board, finishedRun, small } from "./board.ts";
import { capture } from "./capture.ts";

const finished = await finishedRun();
process.on("exit", () => finished.close());
const { runsDir, id } = finished;
const test = suite("cli/export");

const run = (...argv: readonly string[]) => capture(["export", "latest", "--runs-dir", runsDir, ...argv]);
const linesOf = (file: string) => readFileSync(file, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));

test("halo export writes a file for each episode that begins with its task seed and temperature", async (t) => {
  const { path: to } = t.use(runsFolder());
  const { exit, out } = await run("--to", to);
  assert.is(exit, 0);
  const folder = await openRun(id, runsDir);
  const episodes = await folder.episodes();
  assert.equal([readdirSync(to).length, out.endsWith(`in ${episodes.length} files`)], [episodes.length, true]);
  const file = readdirSync(to).find((name) => name.startsWith("before-board-eval-0"))!;
  const [start, ...rest] = linesOf(join(to, file));
  const { type, mode, task, task_seed, temperature, policy_version } = start;
  assert.equal([type, mode, task, task_seed, temperature, policy_version], [
    "episode_start",
    "before",
    "board/eval/0@123",
    123,
    0,
    0,
  ]);
  const steps = await folder.readSteps("before/board/eval/0@123#0");
  assert.equal(
    rest.slice(0, -1).map((s) => [s.type, s.output, s.reward]),
    steps.map((s) => ["step", s.text, s.reward]),
  );
  assert.equal([rest.at(-1).type, rest.at(-1).success], ["episode_end", false]);
  const trained = linesOf(join(to, readdirSync(to).find((name) => name.startsWith("i1-s0"))!));
  assert.equal([trained[0].mode, trained[0].temperature, trained[0].iteration], ["train", 1, 1]);
});

test("halo export --format sft holds the steps of solved episodes as prompt and completion", async (t) => {
  const { path: to } = t.use(runsFolder());
  assert.is((await run("--format", "sft", "--to", to)).exit, 0);
  const lines = linesOf(join(to, "sft.jsonl"));
  const solved = (await (await openRun(id, runsDir)).episodes()).filter((e) => e.success);
  assert.is(lines.length, solved.reduce((sum, e) => sum + e.steps, 0));
  const [{ prompt, completion }] = lines;
  assert.equal([prompt.map((m: { role: string }) => m.role), completion[0].role], [["system", "user"], "assistant"]);
  assert.match(
    prompt[1].content,
    /^Goal: Press the tile .*\nPage: Board \(board:\/\)\nControls:\ne0 button "\w+" at \[100,100\]\n/,
  );
  assert.is(JSON.parse(completion[0].content).action !== undefined, true);
});

test("halo export --format pairs holds the best and the worst sample of decisions that were paid differently", async (t) => {
  const { path: to } = t.use(runsFolder());
  assert.is((await run("--format", "pairs", "--to", to)).exit, 0);
  const groups = await (await openRun(id, runsDir)).iteration(1).readGroups();
  const paid = groups.map((g) => g.decisions[0]!.branches).filter((bs) => new Set(bs.map((b) => b.reward)).size > 1);
  const best = paid.map((bs) => bs.find((b) => b.reward === Math.max(...bs.map((x) => x.reward!)))!.sample.text);
  const lines = linesOf(join(to, "pairs.jsonl"));
  assert.equal(lines.map((line) => line.chosen[0].content), best);
  assert.ok(lines.length > 0 && lines.every((line) => line.chosen[0].content !== line.rejected[0].content));
});

test("halo export counts what it leaves out of a run without pages, and refuses an unknown format", async (t) => {
  const { path } = t.use(runsFolder());
  assert.is(
    (await capture(["run", board, "--runs-dir", path, "--quiet", "--set=record.pages=none", ...small])).exit,
    0,
  );
  const { err } = await capture([
    "export",
    "latest",
    "--format",
    "pairs",
    "--to",
    join(path, "out"),
    "--runs-dir",
    path,
  ]);
  assert.match(err, /^\d+ lines left out: the run recorded no page for them \(record\.pages\)$/);
  const wrong = await run("--format", "pair");
  assert.equal([wrong.exit, wrong.err.split("\n")[1]], [
    2,
    '  --format must be sft, pairs, trajectories, got "pair"; did you mean "pairs"?',
  ]);
});
