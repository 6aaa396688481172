import { readFileSync } from "node:fs";
import path from "node:path";
import { type Branch, HaloError } from "halo-agent";
import { ConfigErrors } from "../../../core/config/problem.ts";
import { openRun } from "../../../core/record/runs.ts";
import { iterationLine } from "../../../core/cli/report/lines.ts";
import type { IterationReport, RunEvent } from "../../../core/record/events.ts";
import type { TreeRecord } from "../../../core/record/tree.ts";
import { capture } from "../../core/cli/capture.ts";
import { outcomeOf, runBoard, runsFolder, smallRun } from "../../core/run/board-run.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("agentq/run");
const agentq = (options: string) => [...smallRun, `algorithm={ use: agentq, options: { ${options} } }`];
const small = "num_simulations: 24, wave: 4, theta: 0.05";

/** What equal runs must agree on, the trees as they grew included. */
async function outcome(run: string) {
  const folder = await openRun(run, path.dirname(run));
  const trees = (await folder.iterations()).map((n) => readFileSync(path.join(run, `iter/${n}/tree.jsonl`), "utf8"));
  return { ...await outcomeOf(run), trees };
}

test("agentq gives the same trees and weights with 1, 2 and 8 workers", async (t) => {
  const outcomes = [];
  for (const workers of [1, 2, 8]) {
    const sets = [...agentq(small), `concurrency=${workers}`];
    const done = await runBoard(t.use(runsFolder()).path, { sets });
    assert.is(done.exit, 0);
    outcomes.push(await outcome(done.run));
  }
  assert.equal(outcomes[1], outcomes[0]);
  assert.equal(outcomes[2], outcomes[0]);
});

test("agentq stopped between two slots resumes to the same trees and weights", async (t) => {
  const whole = await runBoard(t.use(runsFolder()).path, { sets: agentq(small) });
  const runs = t.use(runsFolder()).path;
  const controller = new AbortController();
  let slots = 0;
  const onEvent = (e: RunEvent) => {
    if (e.type === "slot" && ++slots === 3) controller.abort(new HaloError("HALO_INTERRUPTED", "stopped by the test"));
  };
  const sets = [...agentq(small), "concurrency=1"];
  const stopped = await runBoard(runs, { sets, signal: controller.signal, onEvent });
  assert.is(stopped.ok, false);
  const resumed = await runBoard(runs, { resume: stopped.run });
  assert.is(resumed.exit, 0);
  assert.equal(await outcome(resumed.run), await outcome(whole.run));
});

test("tree.jsonl tells how each tree grew: nodes, proposals, visits, backups and pairs", async (t) => {
  const { run } = await runBoard(t.use(runsFolder()).path, { sets: agentq(small) });
  const folder = await openRun(run, path.dirname(run));
  const records = await folder.iteration(1).readTrees();
  const [group] = await folder.iteration(1).readGroups();
  const own = records.filter((r) => r.group === group!.id);
  const count = (type: TreeRecord["type"]) => own.filter((r) => r.type === type).length;
  assert.equal([count("node"), count("expand"), count("critic")], [
    group!.decisions.length,
    group!.decisions.length,
    0,
  ]);
  assert.equal([count("visit"), count("backup")], [24, 24]);
  assert.is(
    count("pair"),
    (await folder.iteration(1).readBatch())!.examples.filter((e) => e.group === group!.id).length,
  );
  // The last backup of every branch is what the group holds.
  const last = new Map<string, readonly [number, number]>();
  for (const r of own) {
    if (r.type !== "backup") continue;
    for (const { decision, branch, visits, q_mcts } of r.path) last.set(`${decision}/${branch}`, [visits, q_mcts]);
  }
  for (const { id, branches } of group!.decisions) {
    for (const [i, { q }] of branches.entries()) {
      if (q!.visits > 0) assert.equal(last.get(`${id}/${i}`), [q!.visits, q!.mcts]);
    }
  }
});

test("halo runs show --tree prints the tree of a group, and names the trees there are", async (t) => {
  const runs = t.use(runsFolder()).path;
  const { run } = await runBoard(runs, { sets: agentq(small) });
  const shown = await capture(["runs", "show", run, "--tree", "--runs-dir", runs]);
  assert.is(shown.exit, 0, shown.err);
  assert.match(shown.out, /^board\/train.* "Press the tile/);
  assert.match(shown.out, /tree i\d\.s\d\.0 {2}24 simulations, \d+ points, \d+ steps {2}success at simulation \d+/);
  assert.match(shown.out, /\* N \d+ {2}Q_mcts \d\.\d\d {2}click .*\(solved\)/);
  const json = await capture(["runs", "show", run, "--tree", "--group", "i1.s0.0", "--json", "--runs-dir", runs]);
  assert.match(json.out, /^\{"type":"node","group":"i1\.s0\.0","node":0/);
  const none = await capture(["runs", "show", run, "--tree", "--group", "i1.s9.0", "--runs-dir", runs]);
  assert.match(none.err, /HALO_GROUP_NOT_FOUND[\s\S]*has no tree "i1\.s9\.0"[\s\S]*its trees: i1\.s/);
});

test("halo runs show --group tells the points of a tree apart, and the iteration says how many trees found a success", async (t) => {
  const runs = t.use(runsFolder()).path;
  const { run } = await runBoard(runs, { sets: agentq(small) });
  const { out, err } = await capture(["runs", "show", run, "--group", "i1.s0.0", "--runs-dir", runs]);
  const points = out.split("\n").filter((line) => line.startsWith("  point "));
  const [group] = await (await openRun(run, path.dirname(run))).iteration(1).readGroups();
  assert.is(points.length, group!.decisions.length);
  assert.is(points[0], "  point 0, step 0");
  assert.match(points[1]!, /^ {2}point 1, step 1: after point 0, click e\d+ "/);
  assert.match(err, /^see: halo runs show \S+ --tree --group i1\.s0\.0$/);
  const report = { iteration: 1, env_steps: 9, metrics: { success_rate: 0.5, "search/found": 1 } };
  assert.match(iterationLine(report as unknown as IterationReport), "success 0.50  found 1.00  dead");
});

test("halo runs show --tree says why an action that was tried has no visit", async (t) => {
  const runs = t.use(runsFolder()).path;
  const { run } = await runBoard(runs, { sets: agentq(`${small}, transpositions: true`) });
  const groups = await (await openRun(run, path.dirname(run))).iteration(1).readGroups();
  const isKnown = ({ q, reward, fault }: Branch) => q!.visits === 0 && reward !== undefined && !fault;
  const known = groups[0]!.decisions.flatMap((d) => d.branches.filter(isKnown));
  const { out } = await capture(["runs", "show", run, "--tree", "--group", groups[0]!.id, "--runs-dir", runs]);
  assert.ok(known.length > 0);
  assert.is(
    out.split("\n").filter((line) => /N 0 .*\(not followed: the tree has this page\)/.test(line)).length,
    known.length,
  );
});

test("halo check says so when an algorithm never asks the critic", async () => {
  const check = (algorithm: string) =>
    capture([
      "check",
      "tests/board/pipeline.yaml",
      "--set=critic={ use: prior }",
      `--set=algorithm={ use: ${algorithm} }`,
    ]);
  assert.match((await check("grpo")).err, 'warning critic "prior" is never asked: algorithm "grpo" asks none');
  const asked = await check("agentq");
  assert.is(asked.exit, 0, asked.err);
  assert.not.match(asked.err, "never asked");
});

test("agentq refuses options that contradict each other, or need a critic there is not, before anything starts", async (t) => {
  const found = async (options: string) => {
    const e = await thrownBy(() => runBoard(t.use(runsFolder()).path, { sets: agentq(options) }));
    return e instanceof ConfigErrors ? e.errors.map((p) => p.code) : e;
  };
  assert.equal(await found("leaf: critic"), ["HALO_MATCH_CRITIC"]);
  assert.equal(await found("alpha: 0"), ["HALO_MATCH_CRITIC"]);
  assert.equal(await found("selection: puct, widening: {}"), ["HALO_OPTION_CONFLICT"]);
});
