import { HaloError } from "halo-agent";
import { keyedRng, shuffle } from "halo-agent/kit";
import type { RealTask } from "./agisdk.ts";
import { readList } from "./lists.ts";
import { type Named, tasksNamed } from "./named.ts";

/** Which tasks are played, as the options of the task source say it. */
export interface TaskChoice extends Pick<Named, "sites" | "others"> {
  readonly list?: string;
  readonly tasks: readonly string[];
  /** Only tasks that the package calls so; every one when absent or empty. */
  readonly difficulty?: readonly string[];
  readonly exclude_ungradeable: boolean;
  /** How many of them to take, drawn by `sample_seed`; all when absent. */
  readonly sample?: number;
  readonly sample_seed?: number;
  readonly packageRoot: string;
  /** Is told what was asked for and there is not. */
  warn(message: string): void;
}

/**
 * The tasks that options ask for, in the order asked, out of all tasks of the benchmark. Throws HaloError for ids that are
 * not there or of another site.
 */
export async function chooseTasks(all: readonly RealTask[], o: TaskChoice): Promise<readonly RealTask[]> {
  const listed = o.list === undefined
    ? all.filter(({ site }) => o.sites.includes(site))
    : await tasksListed(all, o, o.list);
  const asked = o.tasks.length === 0 ? listed : tasksNamed(o.tasks, { ...o, all });
  const outside = asked.find((task) => !listed.includes(task));
  if (outside !== undefined) {
    throw new HaloError("HALO_REAL_TASK_UNKNOWN", `${outside.id} is not in the list "${o.list}"`, {
      hint: `the list has ${listed.map((t) => t.id).join(", ")}`,
    });
  }
  if (asked.length === 0) {
    throw new HaloError("HALO_TASKS_EMPTY", `no task of ${o.sites.join(", ")} is played in this version`, {
      hint: "halo tasks --source real",
    });
  }
  const { difficulty = [] } = o;
  const fitting = difficulty.length === 0 ? asked : asked.filter((task) => difficulty.includes(task.difficulty));
  if (fitting.length === 0) {
    const there = [...new Set(asked.map((task) => task.difficulty))].join(", ");
    throw new HaloError(
      "HALO_TASKS_EMPTY",
      `none of the ${asked.length} tasks asked for is ${difficulty.join(" or ")}`,
      {
        hint: `the package calls them ${there}; halo's own list \`easy\` goes by what a task asks for`,
      },
    );
  }
  const chosen = o.exclude_ungradeable ? fitting.filter((task) => task.isGradeable) : fitting;
  if (chosen.length > 0) return sampled(chosen, o);
  throw new HaloError("HALO_TASKS_EMPTY", `no task is left of the ${fitting.length} asked for`, {
    hint: "their scripts are empty; `exclude_ungradeable: false` keeps them, and nothing can pass",
  });
}

/** The tasks of a list; one across sites gives those of the sites that are played. */
async function tasksListed(all: readonly RealTask[], o: TaskChoice, list: string): Promise<readonly RealTask[]> {
  const { tasks, isAcross } = await readList({ ...o, list });
  if (!isAcross) return tasksNamed(tasks, { ...o, all });
  const named = tasks.flatMap((id) => all.find((task) => task.id === id) ?? []);
  if (named.length === 0) {
    throw new HaloError("HALO_REAL_LIST", `the list "${list}" is of v2, and tasks of v1 are played`, {
      hint: "leave out `version: v1`, or the list",
    });
  }
  const found = named.filter(({ site }) => o.sites.includes(site));
  if (found.length > 0) return found;
  const of = [...new Set(named.map(({ site }) => site))].join(", ");
  throw new HaloError("HALO_REAL_LIST", `the list "${list}" has no task for ${o.sites.join(", ")}; its sites: ${of}`, {
    hint: `name them in \`sites\`, for example sites: [${of}]`,
  });
}

/** Some of the tasks by a seed, in their own order; never more than there are. */
function sampled(
  tasks: readonly RealTask[],
  { sample = tasks.length, sample_seed = 42, warn }: Pick<TaskChoice, "sample" | "sample_seed" | "warn">,
): readonly RealTask[] {
  if (sample > tasks.length) warn(`sample is ${sample}, but there are ${tasks.length} tasks; each counts once`);
  const taken = new Set(shuffle(keyedRng("real/sample", sample_seed), tasks).slice(0, sample));
  return tasks.filter((task) => taken.has(task));
}
