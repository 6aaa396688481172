import assert from "node:assert/strict";
import type { Task } from "../domain/task.ts";
import type { SiteTypes } from "../site/family.ts";
import { canonicalJson } from "../util/canonical-json.ts";
import { nearMisses } from "./near-misses.ts";
import type { Suite } from "./suite.ts";

/** Judges the runs of every REAL task by its strict rule. */
export function official<T extends SiteTypes>(
  { site, tasks, definition, officialRuns = {} }: Suite<T>,
): void {
  const ids = Object.keys(definition.official?.strict ?? {});
  assert.deepEqual(site.official?.tasks, ids, "the site names other REAL tasks than it has strict rules for");
  for (const id of ids) {
    const task: Task = { ...tasks[0]!, key: id, id, params: { real: id } };
    const run = officialRuns[id];
    assert.ok(run, `\`officialRuns\` of the suite lacks ${id}`);
    const start = site.start(task);
    const judge = (now: typeof start) => site.judge(task, start, now);
    const end = run.right(start);
    assert.equal(canonicalJson(site.start(task)), canonicalJson(start), `${id}: a run changed the state it began with`);
    assert.equal(judge(start).success, false, `${id} is achieved before anything was done`);
    const { success, reason } = judge(end);
    assert.ok(success, `${id}: the right run does not achieve it: ${reason}`);
    assert.equal(judge(run.near(start)).success, false, `${id}: the near miss achieves it`);
    nearMisses({ definition, site, task, start, end: end as never });
    assert.ok(site.report !== undefined, "a site with REAL tasks makes a report");
    const [none, done] = [start, end].map((now) => canonicalJson(site.report!(task, start, now)));
    assert.notEqual(done, none, `${id}: the report does not show what the right run did`);
  }
  const stray = Object.keys(officialRuns).find((id) => !ids.includes(id));
  assert.equal(stray, undefined, `${stray} has a run and no strict rule`);
}
