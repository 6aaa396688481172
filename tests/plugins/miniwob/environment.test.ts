// runtime: node
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPipeline } from "../../../core/config/load.ts";
import { runPipeline } from "../../../core/run/pipeline.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { silentLog } from "../../../core/util/log.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { Hand } from "../../core/browser/desk.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { pagesOn, standIn, taskOn } from "./stand-in.ts";

const test = suite("miniwob/environment");

async function open(t: TestContext, name: string, n = 0) {
  const environment = await pagesOn(t, standIn);
  const episode = await environment.open(await taskOn(standIn, name, n), { signal: t.signal, seed: 0 });
  return { environment, hand: await Hand.on(episode, t) };
}

/** The name that the page asks for. */
const askedBy = (hand: Hand): string => /Pick (\w+)/.exec(hand.episode.asked!)![1]!;

test("what the page asks for is the goal, in the mode of the split, equal for equal seeds", async (t) => {
  const { environment, hand } = await open(t, "pick-name");
  assert.match(hand.episode.asked!, /^Pick (Ada|Bo|Cy) now\.$/);
  const asked = [];
  for (const n of [0, 0, 1, 2, 3, 4]) {
    const episode = await environment.open(await taskOn(standIn, "pick-name", n), { signal: t.signal, seed: n });
    asked.push(episode.asked);
    await episode.close();
  }
  assert.equal([asked[0], asked[1]], [hand.episode.asked, hand.episode.asked]);
  assert.ok(new Set(asked).size > 1, asked.join(" "));
});

test("full credit solves; anything less ends the episode, and what follows counts no more", async (t) => {
  const { environment, hand } = await open(t, "pick-name");
  const right = askedBy(hand);
  for (const name of ["Half", right === "Bo" ? "Cy" : "Bo"]) {
    const other = await Hand.on(
      await environment.open(await taskOn(standIn, "pick-name"), { signal: t.signal, seed: 0 }),
      t,
    );
    const { solved, over } = await other.do({ action: "click", ...other.el(name) });
    assert.equal([solved, over], [false, true], name);
    assert.not.ok(other.seen.elements.some((e) => e.name === "START"));
    await other.do({ action: "click", ...other.el(right) });
    assert.equal(await other.episode.verdict(t), {
      success: false,
      by: "miniwob/pick-name",
      reason: `raw reward ${name === "Half" ? 0.5 : -1}`,
    });
    await other.episode.close();
  }
  const { solved, over } = await hand.do({ action: "click", ...hand.el(right) });
  assert.equal([solved, over], [true, undefined]);
  assert.equal(await hand.episode.verdict(t), { success: true, by: "miniwob/pick-name", reason: "raw reward 1" });
});

test("a page that was loaded again is no longer the episode", async (t) => {
  for (const action of [{ click: "Again" }, { goto: "http://miniwob.halo.test/miniwob/pick-name.html" }]) {
    const { hand } = await open(t, "pick-name");
    const { solved, over } = await hand.do(
      "click" in action ? { action: "click", ...hand.el("Again") } : { action: "goto", url: action.goto! },
    );
    assert.equal([solved, over], [false, true]);
    await hand.do({ action: "click", ...hand.el("START") });
    for (const name of ["Ada", "Bo", "Cy"]) await hand.do({ action: "click", ...hand.el(name) });
    assert.equal((await hand.episode.verdict(t)).reason, "the page was left or loaded again");
  }
});

test("no text that is typed is a reward", async (t) => {
  const { hand } = await open(t, "write-word");
  const text = '<img id=WOB_RAW_REWARD_GLOBAL src=x onerror="WOB_DONE_GLOBAL=true;WOB_RAW_REWARD_GLOBAL=1">';
  await hand.do({ action: "type", ...hand.el("Word"), text });
  await hand.do({ action: "goto", url: "javascript:void(WOB_RAW_REWARD_GLOBAL=1,WOB_DONE_GLOBAL=true)" });
  assert.equal((await hand.episode.verdict(t)).reason, "the page has not ended the episode");
  assert.equal((await hand.do({ action: "click", ...hand.el("Submit") })).over, true);
});

test("a fork stands where its mark was taken, whatever time has passed", async (t) => {
  const { environment, hand } = await open(t, "write-word");
  const word = /"(\w+)"/.exec(hand.episode.asked!)![1]!;
  await hand.do({ action: "type", ...hand.el("Word"), text: word });
  await hand.do({ action: "wait", ms: 300 });
  const fork = await Hand.on(await environment.fork(await hand.episode.mark(t), t), t);
  assert.equal([fork.seen.stateKey, fork.episode.asked], [hand.seen.stateKey, hand.episode.asked]);
  assert.is((await fork.do({ action: "click", ...fork.el("Submit") })).solved, true);
});

test("a page that is no task is a fault, a task that cannot be played a mistake with its reason", async (t) => {
  const environment = await pagesOn(t, standIn);
  const none = await thrownBy(async () =>
    environment.open(await taskOn(standIn, "no-task"), { signal: t.signal, seed: 0 })
  );
  assert.ok(isHaloError(none, "HALO_MINIWOB_PAGE"), String(none));
  assert.match(none.message, /^no-task did not begin: .*core is not defined/);
  const task = await taskOn(standIn, "pick-name");
  const e = await thrownBy(() => environment.open({ ...task, template: "hover-shape" }, { signal: t.signal, seed: 0 }));
  assert.ok(isHaloError(e, "HALO_MINIWOB_TASK"), String(e));
  assert.match(e.message, /^hover-shape cannot be played: the page moves on its own/);
});

test("a run records the goal that the page asked for, and episodes that the page ended", async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "halo-miniwob-"));
  t.defer(() => rmSync(dir, { recursive: true }));
  const sets = [
    `runs_dir=${dir}`,
    `tasks={ use: miniwob, options: { path: ${standIn}, tasks: [pick-name] } }`,
    `environment={ use: miniwob, options: { path: ${standIn} } }`,
    "policy={ use: scripted, options: { mode: uniform } }",
    "algorithm=null",
    "trainer=null",
    "rewards=[]",
    "stages=[{ evaluate: { label: one, split: eval, sample_size: 16 } }]",
  ];
  const pipeline = await loadPipeline(join(packageRoot(), "pipelines/smoke.yaml"), { env: {}, cwd: dir, sets });
  const done = await runPipeline(pipeline, { log: silentLog, signal: t.signal, packageRoot: packageRoot() });
  assert.is(done.exit, 0);
  const lines = readdirSync(dir).flatMap((run) =>
    readFileSync(join(dir, run, "episodes.jsonl"), "utf8").trim().split("\n")
  );
  const episodes = lines.map((line) => JSON.parse(line)).filter((line) => line.goal !== undefined);
  const goals = episodes.map(({ goal }) => goal as string);
  const stops = new Set(episodes.map(({ stop }) => stop));
  assert.equal([episodes.length, stops.has("solved"), stops.has("ended")], [16, true, true]);
  assert.ok(goals.every((goal) => /^Pick (Ada|Bo|Cy) now\.$/.test(goal)), goals.join("|"));
}, { timeoutMs: 240_000 });
