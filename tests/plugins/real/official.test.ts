// runtime: node
import { assert, suite } from "../../harness.ts";
import { installed } from "./installed.ts";
import { openScripted, siteNames } from "./verdicts.ts";

const sites = await Promise.all(siteNames.map(async (name) => {
  const here = await installed(name);
  return { name, here, site: "missing" in here ? undefined : await openScripted(name) };
}));
const test = suite("real/official graders");
const [passes, refuses] = [{ official: true, strict: true }, { official: false, strict: false }];

for (const { name, here, site } of sites) {
  if ("missing" in here || !site) {
    console.log(`skipped: ${"missing" in here ? here.missing : name}`);
    test(`the official graders of ${name} are skipped because the REAL tasks are not here`, () => {});
    continue;
  }
  const { tasks } = here;
  const gradeable = tasks.filter((task) => task.isGradeable);
  test(`every v2 task of ${name} that can be graded has scripted runs`, () => {
    assert.equal(gradeable.map((task) => task.id), site.ids);
  });
  for (const task of gradeable) {
    test(`${task.id}: both graders pass the right run and refuse the untouched page and a near miss`, async ({ signal }) => {
      const row = await site.rowOf(task.id, { signal });
      assert.equal(row.right, passes, "right run");
      assert.equal(row.untouched, refuses, "untouched");
      assert.equal(row.near, { ...refuses, how: row.near.how });
      // Known gaps of the official scripts: ours must see them, and a script that closes one must be noticed.
      for (const one of row.loose) assert.equal(one, { official: true, strict: false, how: one.how });
    });
  }
}
