import { HaloError, type Site, type Task, type TaskFilter, type TaskSource } from "halo-agent";
import { globTest } from "halo-agent/kit";
import type { RealTask } from "./agisdk.ts";
import { remarkOf } from "./catalogue.ts";
import { gradeWith } from "./grade.ts";
import { provingGroundOf } from "./proving-ground.ts";

/** How the chosen tasks are played and graded. */
export interface SourceOptions {
  /** Where a task begins. */
  startOf(real: RealTask): string;
  /** The replicas; absent where tasks are played on hosted sites. */
  readonly sites?: readonly Site[];
  readonly max_steps: number;
  readonly python: string;
}

/** Every task stands in every split: the benchmark has none, and a run that trains on it must say so itself. */
const splits: readonly string[] = ["train", "eval"];

/** The chosen tasks as a source: drawn in order, graded by the benchmark's own rules. */
export function realTasks(chosen: readonly RealTask[], o: SourceOptions): TaskSource {
  const draw: TaskSource["draw"] = ({ split, index }) => {
    if (!splits.includes(split)) {
      throw new HaloError("HALO_TASK_SPLIT_UNKNOWN", `real has no split "${split}"; it has ${splits.join(", ")}`, {
        hint: "change the stage's `split`; every split holds all tasks",
      });
    }
    const round = Math.floor(index / chosen.length);
    return taskOf(chosen[index % chosen.length]!, { ...o, split, round });
  };
  const list = ({ split, match = "*" }: TaskFilter): readonly Task[] => {
    const matches = globTest(match);
    const names = split === undefined ? splits : [split];
    return names.flatMap((name) => chosen.map((_, index) => draw({ split: name, index, seed: 0 })))
      .filter((task) => matches(task.key));
  };
  const grade = gradeWith(chosen, { python: o.python, hasStrict: o.sites !== undefined });
  return {
    splits,
    draw,
    list: (filter) => Promise.resolve(list(filter)),
    size: () => chosen.length,
    remark: remarkOf(chosen),
    grade,
    ...(o.sites && { proving: provingGroundOf(o.sites, grade) }),
  };
}

function taskOf(real: RealTask, o: SourceOptions & { readonly split: string; readonly round: number }): Task {
  const key = o.round === 0 ? real.id : `${real.id}~${o.round + 1}`;
  const id = `${key}/s${o.max_steps}`;
  return {
    id,
    key,
    goal: { id, text: real.goal, startUrl: o.startOf(real), maxSteps: o.max_steps },
    site: real.site,
    template: real.id,
    split: o.split,
    optimum: o.max_steps,
    params: { real: real.id },
  };
}
