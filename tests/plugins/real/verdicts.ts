import type { GoMailState } from "../../../plugins/sites/gomail/state/state.ts";
import type { RealTask } from "../../../plugins/real/agisdk.ts";
import { runScript } from "../../../plugins/real/script.ts";
import { after, type Scripted, untouched } from "./gomail-runs.ts";
import { finishReport, judgeStrictly } from "../sites/gomail/kit.ts";
import { defaultConfig } from "../../../core/site.ts";

/** What both graders say of one final state. */
export interface Graders {
  readonly official: boolean;
  readonly strict: boolean;
}

/** Both graders on every scripted run of a task, and on the mailbox as it was. */
export interface Row {
  readonly id: string;
  readonly right: Graders;
  readonly untouched: Graders;
  readonly near: Graders & { readonly how: string };
  readonly loose: readonly (Graders & { readonly how: string })[];
}

/** Grades a final state by the official script and by our strict rule. */
export async function grade(
  task: RealTask,
  final: GoMailState,
  o: { readonly python: string; readonly signal: AbortSignal },
): Promise<Graders> {
  const report = finishReport({ initial: untouched, final, history: [], config: defaultConfig(task.id) });
  const { success } = await runScript({ script: task.script, report, ...o });
  return { official: success, strict: judgeStrictly(task.id, untouched, final).success };
}

/** Grades all scripted runs of a task. */
export async function rowOf(
  task: RealTask,
  { right, near, loose }: Scripted,
  o: { readonly python: string; readonly signal: AbortSignal },
): Promise<Row> {
  const wrong = async ({ how, run }: Scripted["near"]) => ({ how, ...await grade(task, after(run), o) });
  return {
    id: task.id,
    right: await grade(task, after(right), o),
    untouched: await grade(task, untouched, o),
    near: await wrong(near),
    loose: await Promise.all(loose.map(wrong)),
  };
}
