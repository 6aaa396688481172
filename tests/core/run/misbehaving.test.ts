// runtime: node
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { mapLimited } from "../../../core/util/limit.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite } from "../../harness.ts";
import { outcomeOf, runBoard, runsFolder, smallRun } from "./board-run.ts";

const test = suite("run/misbehaving");

/** A plugin in the place of a part of the board, how it misbehaves, and what the run must say and end with. */
interface Case {
  readonly part: "policy" | "environment" | "reward" | "algorithm" | "trainer";
  readonly way: string;
  readonly exit: number;
  readonly says: RegExp;
}

const hung = (call: string) => new RegExp(`bad-\\w+\\.ts\\) did not end ${call}\\(\\) within`);

const cases: readonly Case[] = [
  {
    part: "policy",
    way: "mistake",
    exit: 1,
    says: /HALO_PLUGIN_DEFECT[\s\S]*bad-policy\.ts\) threw in sample\(\) at \S+bad-policy\.ts:\d+/,
  },
  {
    part: "policy",
    way: "plain error",
    exit: 1,
    says: /HALO_PLUGIN_DEFECT[\s\S]*bad-policy\.ts:\d+: the moon is full/,
  },
  { part: "policy", way: "network error", exit: 7, says: /HALO_POLICY_FAULT\s+fetch failed/ },
  { part: "policy", way: "hangs", exit: 7, says: hung("sample") },
  { part: "policy", way: "spins", exit: 1, says: /HALO_PLUGIN_STALLED[\s\S]*bad-policy\.ts:\d+\) has run for/ },
  {
    part: "policy",
    way: "throws in a timer",
    exit: 1,
    says: /HALO_PLUGIN_STRAY[\s\S]*bad-policy\.ts:\d+\) threw[\s\S]*too late/,
  },
  {
    part: "policy",
    way: "rejects unheard",
    exit: 1,
    says: /HALO_PLUGIN_STRAY[\s\S]*bad-policy\.ts:\d+\) threw[\s\S]*nobody listens/,
  },
  {
    part: "policy",
    way: "exits",
    exit: 1,
    says: /HALO_PLUGIN_EXIT[\s\S]*bad-policy\.ts:\d+\) called process\.exit\(0\)/,
  },
  { part: "policy", way: "no samples", exit: 1, says: /HALO_PLUGIN_ANSWER[\s\S]*sample\(\) of policy "bad"/ },
  {
    part: "policy",
    way: "too many samples",
    exit: 1,
    says: /HALO_PLUGIN_ANSWER[\s\S]*expected at most 1 samples, got 2/,
  },
  { part: "policy", way: "no action", exit: 1, says: /HALO_PLUGIN_ANSWER[\s\S]*expected an action in `parsed`/ },
  { part: "policy", way: "NaN logprob", exit: 1, says: /HALO_PLUGIN_ANSWER[\s\S]*a finite `logprob`, got NaN/ },
  { part: "policy", way: "wrong version", exit: 1, says: /HALO_POLICY_VERSION/ },
  {
    part: "policy",
    way: "import spins",
    exit: 1,
    says: /HALO_PLUGIN_STALLED[\s\S]*spins-on-import\.ts:3\) has run for/,
  },
  { part: "policy", way: "create hangs", exit: 2, says: hung("create") },
  { part: "policy", way: "create spins", exit: 1, says: /HALO_PLUGIN_STALLED[\s\S]*bad-policy\.ts:\d+\) has run for/ },
  {
    part: "policy",
    way: "create exits",
    exit: 2,
    says: /HALO_PLUGIN_EXIT[\s\S]*bad-policy\.ts:\d+\) called process\.exit/,
  },
  { part: "environment", way: "open hangs", exit: 4, says: hung("open") },
  { part: "environment", way: "observe hangs", exit: 4, says: hung("observe") },
  { part: "environment", way: "step hangs", exit: 4, says: hung("step") },
  { part: "environment", way: "mark hangs", exit: 4, says: hung("mark") },
  { part: "environment", way: "verdict hangs", exit: 4, says: hung("verdict") },
  {
    part: "environment",
    way: "no observation",
    exit: 1,
    says: /HALO_PLUGIN_ANSWER[\s\S]*step\(\) of environment "bad"/,
  },
  {
    part: "environment",
    way: "no verdict",
    exit: 1,
    says: /HALO_PLUGIN_ANSWER[\s\S]*true or false as `success`, got yes/,
  },
  { part: "environment", way: "close hangs", exit: 0, says: hung("close") },
  { part: "reward", way: "overflows", exit: 1, says: /HALO_REWARD_FAILED[\s\S]*whose sum is Infinity/ },
  { part: "reward", way: "mutates", exit: 1, says: /HALO_REWARD_FAILED[\s\S]*bad-reward\.ts/ },
  { part: "reward", way: "NaN", exit: 1, says: /HALO_REWARD_FAILED[\s\S]*paid NaN for "odd"/ },
  { part: "reward", way: "no list", exit: 1, says: /HALO_REWARD_FAILED[\s\S]*returned something else/ },
  {
    part: "algorithm",
    way: "explore throws",
    exit: 1,
    says: /HALO_PLUGIN_DEFECT[\s\S]*threw in explore\(\) at \S+bad-algorithm\.ts:\d+/,
  },
  {
    part: "algorithm",
    way: "explore hangs",
    exit: 4,
    says: /HALO_PLUGIN_HUNG[\s\S]*bad-algorithm\.ts\) did nothing in explore\(\)/,
  },
  { part: "trainer", way: "update hangs", exit: 4, says: hung("update") },
  {
    part: "trainer",
    way: "update throws",
    exit: 1,
    says: /HALO_PLUGIN_DEFECT[\s\S]*threw in update\(\) at \S+bad-trainer\.ts:\d+/,
  },
];

/** The options that put a misbehaving plugin in the place of a part. */
function setsOf({ part, way }: Pick<Case, "part" | "way">): readonly string[] {
  const use = `./tests/fixtures/misbehaving/bad-${part}.ts`;
  if (way === "import spins") return [`${part}.use=./tests/fixtures/misbehaving/spins-on-import.ts`];
  const inner = part === "environment" ? ", environment: ./tests/board/environment.ts" : "";
  const value = `{ use: ${use}, options: { way: ${way}${inner} } }`;
  return [`${part === "reward" ? "rewards" : part}=${part === "reward" ? `[${value}]` : value}`];
}

const short = [
  ...["step_timeout_s=0.3", "policy_timeout_s=0.3", "train_timeout_s=1", "start_timeout_s=3"],
  ...["stall_timeout_s=4", "fault_retries=1"],
].map((set) => `limits.${set}`);

async function halo(args: readonly string[]): Promise<{ readonly exit: number | null; readonly text: string }> {
  const child = spawn(process.execPath, ["bin/halo.mjs", ...args], { cwd: packageRoot() });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => text += chunk);
  const timer = setTimeout(() => child.kill("SIGKILL"), 60_000);
  const exit = await new Promise<number | null>((done) => child.once("close", done));
  clearTimeout(timer);
  return { exit, text };
}

async function runBad(runs: string, bad: Case): Promise<void> {
  const sets = [...setsOf(bad), ...short, ...smallRun, `runs_dir=${runs}`].flatMap((set) => ["--set", set]);
  const name = `${bad.part} ${bad.way}`;
  const { exit, text } = await halo(["run", "tests/board/pipeline.yaml", ...sets]);
  assert.match(text, bad.says, `${name}: ${text}`);
  assert.is(exit, bad.exit, `${name}: ${text}`);
  const run = readdirSync(runs).find((file) => file.startsWith("board-"));
  if (run === undefined) return; // It never began.
  const events = readFileSync(path.join(runs, run, "events.jsonl"), "utf8").trim().split("\n");
  const done = JSON.parse(events.at(-1)!);
  assert.equal([done.type, done.exit], ["done", bad.exit], name);
}

test(
  "halo run names each misbehaving plugin, its call and its file within the limit, and records how it ended",
  async (t) => {
    const wrong = await mapLimited(cases, 2, async (bad) => {
      const runs = t.use(runsFolder()).path;
      return await runBad(runs, bad).then(() => [], (e: Error) => [`${bad.part}, ${bad.way}: ${e.message}`]);
    });
    assert.equal(wrong.flat(), []);
  },
  { timeoutMs: 400_000 },
);

test("a run with a plugin that fails once ends as if nothing had happened", async (t) => {
  const whole = await outcomeOf((await runBoard(t.use(runsFolder()).path, { sets: smallRun })).run);
  const limits = ["limits.policy_timeout_s=0.3"];
  for (const [part, way] of [["policy", "network error"], ["policy", "plain error"], ["policy", "hangs"]] as const) {
    const runs = t.use(runsFolder());
    const [set] = setsOf({ part, way });
    const sets = [...smallRun, ...limits, set!.replace(`way: ${way}`, `way: ${way}, once: true`)];
    const done = await runBoard(runs.path, { sets });
    assert.is(done.exit, 0, way);
    assert.equal(await outcomeOf(done.run), whole, way);
  }
  const done = await runBoard(t.use(runsFolder()).path, {
    sets: [...smallRun, ...setsOf({ part: "trainer", way: "update loses the network" })],
  });
  assert.equal(await outcomeOf(done.run), whole);
}, { timeoutMs: 120_000 });
