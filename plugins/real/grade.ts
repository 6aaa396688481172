import type { Grade, Verdict } from "halo-agent";
import { keepLatest, sha256 } from "halo-agent/kit";
import type { RealTask } from "./agisdk.ts";
import { askQueries } from "./queries.ts";
import { runScript } from "./script.ts";

/** Reports graded lately; an episode is judged after every step, and most steps change nothing a script reads. */
const kept = 512;

export interface GradeOptions {
  readonly python: string;
  /** True on replicas; a hosted site has no rule of ours beside its script. */
  readonly hasStrict: boolean;
}

/** Grades by the task's own script or queries, the site's strict verdict beside it. */
export function gradeWith(chosen: readonly RealTask[], { python, hasStrict }: GradeOptions): Grade {
  const byId = new Map(chosen.map((task) => [task.id, task]));
  const verdicts = keepLatest<Verdict>(kept);
  return async ({ task, report, strict }, { signal }) => {
    const id = task.template;
    const { script, queries } = byId.get(id)!;
    const by = `real/${id}`;
    const beside = hasStrict ? { strict } : {};
    if (queries !== undefined) return { ...askQueries(queries, report), by, ...beside };
    const key = sha256(`${id}\n${JSON.stringify([report, strict])}`);
    return await verdicts(key, async () => {
      const { success, stdout } = await runScript({ script, python, report, signal });
      return { success, by, reason: reasonOf(stdout), ...beside };
    });
  };
}

function reasonOf(stdout: string): string {
  const said = stdout.trim().slice(0, 200);
  return said === "" ? "the official script printed nothing" : `the official script printed ${said}`;
}
