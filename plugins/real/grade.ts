import type { Grade, Verdict } from "halo-agent";
import { keepLatest, sha256 } from "halo-agent/kit";
import type { RealTask } from "./agisdk.ts";
import { askQueries } from "./queries.ts";
import { runScript } from "./script.ts";

/** Reports graded lately; an episode is judged after every step, and most steps change nothing a script reads. */
const kept = 512;

/** Grades by the task's own script or queries, the site's strict verdict beside it. */
export function gradeWith(chosen: readonly RealTask[], python: string): Grade {
  const byId = new Map(chosen.map((task) => [task.id, task]));
  const verdicts = keepLatest<Verdict>(kept);
  return async ({ task, report, strict }, { signal }) => {
    const id = task.template;
    const { script, queries } = byId.get(id)!;
    if (queries !== undefined) return { ...askQueries(queries, report), by: `real/${id}`, strict };
    const key = sha256(`${id}\n${JSON.stringify([report, strict])}`);
    return await verdicts(key, () => official({ id, script, python, report, strict, signal }));
  };
}

type GradeCall = Parameters<typeof runScript>[0] & { readonly id: string; readonly strict: Verdict };

async function official({ id, strict, ...o }: GradeCall): Promise<Verdict> {
  const { success, stdout } = await runScript(o);
  const said = stdout.trim().slice(0, 200);
  const reason = said === "" ? "the official script printed nothing" : `the official script printed ${said}`;
  // A hosted site writes its report itself and has no rule of ours beside it.
  return { success, by: `real/${id}`, reason, ...(typeof o.report !== "string" && { strict }) };
}
