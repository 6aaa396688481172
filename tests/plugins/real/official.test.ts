import { assert, suite } from "../../harness.ts";
import { runs } from "./gomail-runs.ts";
import { installed } from "./installed.ts";
import { rowOf } from "./verdicts.ts";

const here = await installed();
const test = suite("real/official graders");
const [passes, refuses] = [{ official: true, strict: true }, { official: false, strict: false }];

if ("missing" in here) {
  console.log(`skipped: ${here.missing}`);
  test("the official graders are skipped because the REAL tasks are not here", () => {});
} else {
  const { tasks, python } = here;
  test("every v2 task of the mail site has a scripted run", () => {
    assert.equal(tasks.map((task) => task.id), Object.keys(runs));
  });
  for (const task of tasks) {
    test(`${task.id}: both graders pass the right run and refuse the untouched mailbox and a near miss`, async ({ signal }) => {
      const row = await rowOf(task, runs[task.id]!, { python, signal });
      assert.equal(row.right, passes, "right run");
      assert.equal(row.untouched, refuses, "untouched");
      assert.equal(row.near, { ...refuses, how: row.near.how });
      // Known gaps of the official scripts: ours must see them, and a script that closes one must be noticed.
      for (const one of row.loose) assert.equal(one, { official: true, strict: false, how: one.how });
    });
  }
}
