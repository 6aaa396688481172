import { HaloError } from "halo-agent";
import type { RealTask } from "./agisdk.ts";
import { readList } from "./lists.ts";

/** Which tasks of a site are played, as the options of the task source say it. */
export interface TaskChoice {
  readonly site: string;
  readonly list?: string;
  readonly tasks: readonly string[];
  readonly exclude_ungradeable: boolean;
  readonly packageRoot: string;
}

/** The tasks that options ask for, in the order asked. Throws HaloError for ids the package does not have. */
export async function chooseTasks(all: readonly RealTask[], o: TaskChoice): Promise<readonly RealTask[]> {
  const listed = o.list === undefined ? all : tasksNamed(all, (await readList({ ...o, list: o.list })).tasks, o.site);
  const asked = o.tasks.length === 0 ? listed : tasksNamed(all, o.tasks, o.site);
  const outside = asked.find((task) => !listed.includes(task));
  if (outside !== undefined) {
    throw new HaloError("HALO_REAL_TASK_UNKNOWN", `${outside.id} is not in the list "${o.list}"`, {
      hint: `the list has ${listed.map((t) => t.id).join(", ")}`,
    });
  }
  const chosen = o.exclude_ungradeable ? asked.filter((task) => task.isGradeable) : asked;
  if (chosen.length > 0) return chosen;
  throw new HaloError("HALO_TASKS_EMPTY", `no task is left of the ${asked.length} asked for`, {
    hint: "their scripts are empty; `exclude_ungradeable: false` keeps them, and nothing can pass",
  });
}

function tasksNamed(all: readonly RealTask[], ids: readonly string[], site: string): readonly RealTask[] {
  return ids.map((id) => {
    const task = all.find((t) => t.id === id);
    if (task !== undefined) return task;
    const near = nearestId(all, id);
    throw new HaloError("HALO_REAL_TASK_UNKNOWN", `there is no task "${id}" for ${site}; nearest: ${near.join(", ")}`, {
      hint: `ids look like ${all[0]?.id} and are not numbered without gaps; halo tasks lists them`,
    });
  });
}

/** The three ids whose numbers are closest; ids of one site differ in nothing else. */
function nearestId(all: readonly RealTask[], id: string): readonly string[] {
  const numberOf = (text: string): number => Number(text.match(/(\d+)$/)?.[1] ?? 0);
  const distance = (task: RealTask): number => Math.abs(numberOf(task.id) - numberOf(id));
  return [...all].sort((a, b) => distance(a) - distance(b)).slice(0, 3).map((task) => task.id);
}
