// runtime: node
import { assert, suite } from "../../harness.ts";
import { installed } from "./installed.ts";
import { scriptedSites } from "./verdicts.ts";

const sites = await Promise.all(scriptedSites.map(async (site) => ({ site, here: await installed(site.name) })));
const test = suite("real/official graders");
const [passes, refuses] = [{ official: true, strict: true }, { official: false, strict: false }];

for (const { site, here } of sites) {
  if ("missing" in here) {
    console.log(`skipped: ${here.missing}`);
    test(`the official graders of ${site.name} are skipped because the REAL tasks are not here`, () => {});
    continue;
  }
  const { tasks, python } = here;
  const gradeable = tasks.filter((task) => task.isGradeable);
  test(`every v2 task of ${site.name} that can be graded has scripted runs`, () => {
    assert.equal(gradeable.map((task) => task.id), site.ids);
  });
  for (const task of gradeable) {
    test(`${task.id}: both graders pass the right run and refuse the untouched page and a near miss`, async ({ signal }) => {
      const row = await site.rowOf(task, { python, signal });
      assert.equal(row.right, passes, "right run");
      assert.equal(row.untouched, refuses, "untouched");
      assert.equal(row.near, { ...refuses, how: row.near.how });
      // Known gaps of the official scripts: ours must see them, and a script that closes one must be noticed.
      for (const one of row.loose) assert.equal(one, { official: true, strict: false, how: one.how });
    });
  }
}
