// runtime: node
import { measureView } from "../../bench/view/measure-view.ts";
import { stepsEach, writeSyntheticRun } from "../../bench/view/synthetic-run.ts";
import { readPages } from "../../core/record/page-keeper.ts";
import { findTree } from "../../core/report/find-group.ts";
import { groupPage } from "../../core/report/group-page.ts";
import { assert, suite } from "../harness.ts";
import { runsFolder } from "../core/run/board-run.ts";

const test = suite("bench/view");

test("a synthetic run is a whole one, and halo view answers every kind of question about it", async (t) => {
  const { path } = t.use(runsFolder());
  const run = await writeSyntheticRun(path, { steps: 2 * stepsEach, treePoints: 300 });
  assert.equal([await run.iterations(), (await run.episodes()).length], [[1, 2, 3], 8]);
  const { decisions: [decision], groups } = await groupPage(run, "i2.s3.2");
  assert.equal([groups.length, decision!.siblings.length, decision!.page!.controls.length], [4, 8, 60]);
  assert.ok(decision!.siblings.every((s) => s.to !== undefined));
  assert.is((await readPages(run.path, "i1.s0"))!.points.length > 4, true);
  assert.is((await findTree(run)).group.decisions.length, 300);
  const figures = await measureView(run, { iterations: 2, groups: 2 });
  for (const [name, ms] of Object.entries(figures)) {
    assert.ok(ms === undefined || ms > 0 && ms < 10_000, `${name} ${ms}`);
  }
});
