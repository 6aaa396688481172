import assert from "node:assert/strict";
import type { Json } from "../domain/json.ts";
import type { Site } from "../domain/site.ts";
import type { Task } from "../domain/task.ts";
import type { SiteDefinition } from "../site/definition.ts";
import type { SiteTypes } from "../site/family.ts";

/** The achieved state with one thing more taken away, or one added twice, is no longer all that was asked for. */
export function nearMisses<T extends SiteTypes>(
  { definition, site, task, start, end }: {
    readonly definition: SiteDefinition<T>;
    readonly site: Site;
    readonly task: Task;
    readonly start: Json;
    readonly end: Readonly<Record<string, readonly Json[]>>;
  },
): void {
  for (const part of Object.keys(definition.rules.collections)) {
    const things = end[part]!;
    const last = things.at(-1);
    if (last === undefined) continue;
    const fails = (changed: readonly Json[], what: string): void => {
      const { success } = site.judge(task, start, { ...end, [part]: changed });
      assert.equal(success, false, `${task.key} counts as achieved although ${what}`);
    };
    fails(things.slice(0, -1), `the last of ${part} is gone as well`);
    const twin = Object.fromEntries(
      Object.entries(last as object).map(([key, value]) => [key, key === "id" ? "twin" : value]),
    );
    if ("id" in (last as object)) fails([...things, twin], `there is one more of ${part}`);
  }
}
