import assert from "node:assert/strict";
import type { Call } from "../domain/call.ts";
import type { Task } from "../domain/task.ts";
import type { SiteTypes } from "../site/family.ts";
import { canonicalJson } from "../util/canonical-json.ts";
import { nearMisses } from "./near-misses.ts";
import type { Suite } from "./suite.ts";

/** Judges what users do for every REAL task by its strict rule. */
export async function official<T extends SiteTypes>({ site, tasks, definition }: Suite<T>, o: Call): Promise<void> {
  const { strict = {}, earlier = {} } = definition.official ?? {};
  assert.deepEqual(
    site.official?.tasks,
    Object.keys(strict),
    "the site names other REAL tasks than it has strict rules for",
  );
  const ids = [...Object.keys(strict), ...Object.keys(earlier)];
  const works = await site.official?.works?.() ?? {};
  for (const id of ids) {
    const task: Task = { ...tasks[0]!, key: id, id, params: { real: id } };
    const right = works[id]?.find(({ kind }) => kind === "right");
    assert.ok(right, `\`works\` of the site lacks the right work for ${id}`);
    const wrong = works[id]!.filter(({ kind }) => kind !== "right");
    assert.ok(wrong.some(({ kind }) => kind === "near"), `\`works\` of the site lacks a near miss for ${id}`);
    const start = site.start(task);
    const judge = (now: typeof start) => site.judge(task, start, now);
    const end = await right.after(start, o);
    assert.equal(canonicalJson(site.start(task)), canonicalJson(start), `${id}: work changed the state it began with`);
    assert.equal(judge(start).success, false, `${id} is achieved before anything was done`);
    const { success, reason } = judge(end);
    assert.ok(success, `${id}: the right work does not achieve it: ${reason}`);
    for (const { how, after } of wrong) {
      assert.equal(judge(await after(start, o)).success, false, `${id}: "${how}" achieves it`);
    }
    nearMisses({ definition, site, task, start, end: end as never });
    assert.ok(site.report !== undefined, "a site with REAL tasks makes a report");
    const [none, done] = [start, end].map((now) => canonicalJson(site.report!(task, start, now)));
    assert.notEqual(done, none, `${id}: the report does not show what the right work did`);
  }
  const stray = Object.keys(works).find((id) => !ids.includes(id));
  assert.equal(stray, undefined, `${stray} has works and no strict rule`);
}
