import { percent } from "../../core/cli/report/lines.ts";
import type { TaskSource } from "../../core/mod.ts";
import type { Done } from "../../core/record/events.ts";
import { wilson } from "../../core/stats/wilson.ts";
import { createPlugin } from "../../core/testing.ts";
import tasksPlugin from "../../plugins/webarena-infinity/tasks.ts";
import type { RunRow } from "../sites/run-row.ts";

/** One policy for the functional tasks of an app, each of them evaluated once before and once after. */
export async function appRow(app: string, { iterations }: { readonly iterations: number }): Promise<RunRow> {
  const source: TaskSource = await createPlugin(tasksPlugin, { set: "functional", apps: [app] });
  const tasks = (await source.list({ split: "eval" })).length;
  const evaluate = (label: string) => `{ evaluate: { label: ${label}, split: eval, sample_size: ${tasks} } }`;
  const train = `{ train: { iterations: ${iterations}, tasks_per_iteration: 8 } }`;
  return {
    name: app,
    pipeline: "grpo-infinity",
    sets: [`tasks.options.apps=[${app}]`, `stages=[${evaluate("before")}, ${train}, ${evaluate("after")}]`],
  };
}

/** One line for people. */
export function lineOf(app: string, seed: number, done: Done): string {
  const shown = done.evaluations.map(({ label, successes, n }) => {
    const [low, high] = wilson(successes, n);
    return `${label} ${successes}/${n} ${percent(successes / n)} [${percent(low)}, ${percent(high)}]`;
  });
  return `${app} seed ${seed}  ${shown.join("  ")}  train ${done.train_s.toFixed(0)} s, ${done.env_steps} steps`;
}
