// runtime: node
import path from "node:path";
import { stepsEach, writeSyntheticRun } from "../../bench/view/synthetic-run.ts";
import { KnownRuns } from "../../core/view/known-runs.ts";
import { answers } from "../../core/view/answers.ts";
import { assert, suite } from "../harness.ts";
import { runsFolder } from "../core/run/board-run.ts";

const test = suite("bench/view");

test("the synthetic run of bench:view is a whole one: groups with pages, episodes, curves, a tree", async (t) => {
  const { path: folder } = t.use(runsFolder());
  const run = await writeSyntheticRun(folder, { steps: stepsEach, treePoints: 200 });
  const runs = new KnownRuns(folder);
  const ask = (more: Readonly<Record<string, string>>) => (name: string) =>
    ({ run: path.basename(run.path), ...more })[name] ?? "";
  const { groups, first } = await answers.group(ask({ id: "i1.s3.2" }), runs);
  assert.equal([groups.length, first!.siblings.length, first!.page!.controls.length], [4, 8, 60]);
  assert.ok(first!.siblings.every((s) => s.to !== undefined && s.reward !== undefined));
  assert.is((await answers.episode(ask({ id: "i1.s0#0" }), runs)).trace.length, 4);
  assert.equal((await answers.run(ask({}), runs)).iterations.map((i) => i.envSteps), [stepsEach, stepsEach + 800]);
  assert.is((await answers.tree(ask({}), runs)).points, 200);
  const tree = await answers.group(ask({ id: "i2.s0.0" }), runs);
  assert.equal([tree.decisions.length, tree.first!.siblings.length], [200, 4]);
  assert.is((await answers.whole(ask({ id: "i2.s0.0" }), runs)).titles.length, 200);
  const last = await answers.decision(ask({ group: "i2.s0.0", decision: "199" }), runs);
  assert.is(last!.siblings.length, 4);
  assert.is(await answers.decision(ask({ group: "i2.s0.0", decision: "200" }), runs), null);
});
