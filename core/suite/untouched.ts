import assert from "node:assert/strict";
import type { SiteTypes } from "../site/family.ts";
import { canonicalJson } from "../util/canonical-json.ts";
import type { Suite } from "./suite.ts";

/** Judges every task on the state it starts in. */
export function untouched<T extends SiteTypes>({ site, tasks }: Suite<T>): void {
  for (const task of tasks) {
    const start = site.start(task);
    assert.equal(canonicalJson(site.start(task)), canonicalJson(start), `${task.key}: start differs the second time`);
    assert.equal(site.judge(task, start, start).success, false, `${task.key} is achieved before anything was done`);
  }
}
