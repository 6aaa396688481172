import { HaloError } from "halo-agent";
import { keyedRng, shuffle } from "halo-agent/kit";
import type { RealTask } from "./agisdk.ts";
import { readList } from "./lists.ts";

/** Which tasks of a site are played, as the options of the task source say it. */
export interface TaskChoice {
  readonly site: string;
  readonly list?: string;
  readonly tasks: readonly string[];
  readonly exclude_ungradeable: boolean;
  /** How many of them to take, drawn by `sample_seed`; all when absent. */
  readonly sample?: number;
  readonly sample_seed?: number;
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
  if (chosen.length > 0) return sampled(chosen, o);
  throw new HaloError("HALO_TASKS_EMPTY", `no task is left of the ${asked.length} asked for`, {
    hint: "their scripts are empty; `exclude_ungradeable: false` keeps them, and nothing can pass",
  });
}

/** Some of the tasks by a seed, in their own order. */
function sampled(
  tasks: readonly RealTask[],
  { sample = tasks.length, sample_seed = 42 }: Pick<TaskChoice, "sample" | "sample_seed">,
): readonly RealTask[] {
  if (sample > tasks.length) {
    throw new HaloError("HALO_REAL_LIST", `sample asks for ${sample} of ${tasks.length} tasks`, {
      hint: "ask for fewer, or leave `sample` out for all of them",
    });
  }
  const taken = new Set(shuffle(keyedRng("real/sample", sample_seed), tasks).slice(0, sample));
  return tasks.filter((task) => taken.has(task));
}

function tasksNamed(all: readonly RealTask[], ids: readonly string[], site: string): readonly RealTask[] {
  return ids.map((id) => {
    const task = all.find((t) => t.id === id);
    if (task !== undefined) return task;
    const other = otherVersion(all, id);
    if (other !== undefined) throw other;
    const near = nearestId(all, id);
    throw new HaloError("HALO_REAL_TASK_UNKNOWN", `there is no task "${id}" for ${site}; nearest: ${near.join(", ")}`, {
      hint: `ids look like ${all[0]?.id} and are not numbered without gaps; halo tasks lists them`,
    });
  });
}

/** What to say of an id without a version, which agisdk itself takes for one of v1, or of one of v1. */
function otherVersion(all: readonly RealTask[], id: string): HaloError | undefined {
  const bare = /^(?:v1\.)?([a-z-]+-\d+)$/.exec(id)?.[1];
  if (bare === undefined) return undefined;
  const isThere = all.some((task) => task.id === `v2.${bare}`);
  const what = id === bare ? `"${id}" names no version` : `"${id}" is a task of v1, which halo does not run`;
  const same = isThere ? `v2.${bare} is another task with the same number` : `v2 has no ${bare}`;
  return new HaloError("HALO_REAL_TASK_UNKNOWN", `${what}; ${same}`, {
    hint: `write ids as v2.SITE-NUMBER, such as ${all[0]?.id}; agisdk itself takes a bare id for one of v1`,
  });
}

/** The three ids whose numbers are closest; ids of one site differ in nothing else. */
function nearestId(all: readonly RealTask[], id: string): readonly string[] {
  const numberOf = (text: string): number => Number(text.match(/(\d+)$/)?.[1] ?? 0);
  const distance = (task: RealTask): number => Math.abs(numberOf(task.id) - numberOf(id));
  return [...all].sort((a, b) => distance(a) - distance(b)).slice(0, 3).map((task) => task.id);
}
