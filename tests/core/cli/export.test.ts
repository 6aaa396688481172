import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { onDurableWrite } from "../../../core/record/durable.ts";
import { openRun } from "../../../core/record/runs.ts";
import { diskError } from "../../../core/util/disk.ts";
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

test("halo export --format pairs refuses a run that recorded no pages, and leaves no folder", async (t) => {
  const { path } = t.use(runsFolder());
  const to = join(path, "out");
  const played = await capture(["run", board, "--runs-dir", path, "--quiet", "--set=record.pages=none", ...small]);
  assert.is(played.exit, 0);
  const { exit, err } = await capture(["export", "latest", "--format", "pairs", "--to", to, "--runs-dir", path]);
  assert.is(exit, 2);
  assert.match(
    err,
    /^error HALO_EXPORT_EMPTY\n {2}run \S+ recorded no page for any of its \d+ decisions that were paid differently\n/,
  );
  assert.not.ok(existsSync(to));
});

test("halo export refuses a run without solved episodes, and one without any", async (t) => {
  const { path } = t.use(runsFolder());
  const cut = join(path, "cut");
  cpSync(join(runsDir, id), cut, { recursive: true });
  const episodes = join(cut, "episodes.jsonl");
  const lines = readFileSync(episodes, "utf8").trimEnd().split("\n");
  const refused = async (format: string) => {
    const { exit, err } = await capture(["export", cut, "--format", format, "--to", join(path, format)]);
    return [exit, ...err.split("\n").slice(0, 2)];
  };
  writeFileSync(episodes, `${lines.filter((line) => !line.includes('"success":true')).join("\n")}\n`);
  assert.equal(await refused("sft"), [
    2,
    "error HALO_EXPORT_EMPTY",
    `  run ${id} has no steps of solved episodes`,
  ]);
  writeFileSync(episodes, `${lines[0]}\n`);
  assert.equal(await refused("trajectories"), [2, "error HALO_EXPORT_EMPTY", `  run ${id} has no episodes`]);
});

test("halo export refuses an unknown format and a folder that is not empty", async (t) => {
  const { path: to } = t.use(runsFolder());
  const wrong = await run("--format", "pair", "--to", to);
  assert.equal([wrong.exit, wrong.err.split("\n")[1]], [
    2,
    '  --format must be sft, pairs, trajectories, harbor, got "pair"; did you mean "pairs"?',
  ]);
  writeFileSync(join(to, "mine.txt"), "mine");
  const full = await run("--to", to);
  assert.equal([full.exit, ...full.err.split("\n").slice(0, 2)], [
    2,
    "error HALO_EXPORT_FOLDER",
    `  ${to} holds mine.txt already`,
  ]);
  const file = await run("--to", join(to, "mine.txt"));
  assert.equal([file.exit, file.err.split("\n")[1]], [
    2,
    `  ${join(to, "mine.txt")} is no folder to write to (ENOTDIR)`,
  ]);
  assert.equal(readdirSync(to), ["mine.txt"]);
});

test("halo export removes what it wrote when the disk fills up, and says so", async (t) => {
  const { path: to } = t.use(runsFolder());
  let files = 0;
  t.defer(() => onDurableWrite(undefined));
  onDurableWrite(({ when, what, path }) => {
    if (when === "before" && what === "write" && ++files === 3) throw diskError(noSpace(), { path });
  });
  const { exit, err } = await run("--to", to);
  onDurableWrite(undefined);
  assert.equal([exit, err.split("\n")[0]], [3, "error HALO_DISK"]);
  assert.match(err, /^ {2}the disk is full: \S+ was not written \(ENOSPC\)$/m);
  assert.match(err, /mend that, then export again: no part of it was left/);
  assert.equal([files, readdirSync(to)], [3, []]);
});

const noSpace = () => Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
