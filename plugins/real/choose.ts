import { HaloError } from "halo-agent";
import { keyedRng, shuffle } from "halo-agent/kit";
import type { RealTask } from "./agisdk.ts";
import { readList } from "./lists.ts";

/** Which tasks are played, as the options of the task source say it. */
export interface TaskChoice {
  /** Sites whose tasks are played. */
  readonly sites: readonly string[];
  readonly list?: string;
  readonly tasks: readonly string[];
  /** Only tasks that the package calls so; every one when absent or empty. */
  readonly difficulty?: readonly string[];
  readonly exclude_ungradeable: boolean;
  /** How many of them to take, drawn by `sample_seed`; all when absent. */
  readonly sample?: number;
  readonly sample_seed?: number;
  readonly packageRoot: string;
}

/**
 * The tasks that options ask for, in the order asked, out of all tasks of the benchmark. Throws HaloError for ids that are
 * not there or of another site.
 */
export async function chooseTasks(all: readonly RealTask[], o: TaskChoice): Promise<readonly RealTask[]> {
  const listed = o.list === undefined
    ? all.filter(({ site }) => o.sites.includes(site))
    : await tasksListed(all, o, o.list);
  const asked = o.tasks.length === 0 ? listed : tasksNamed(all, o.tasks, o.sites);
  const outside = asked.find((task) => !listed.includes(task));
  if (outside !== undefined) {
    throw new HaloError("HALO_REAL_TASK_UNKNOWN", `${outside.id} is not in the list "${o.list}"`, {
      hint: `the list has ${listed.map((t) => t.id).join(", ")}`,
    });
  }
  const { difficulty = [] } = o;
  const fitting = difficulty.length === 0 ? asked : asked.filter((task) => difficulty.includes(task.difficulty));
  if (fitting.length === 0 && asked.length > 0) {
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
  if (!isAcross) return tasksNamed(all, tasks, o.sites);
  const named = tasks.flatMap((id) => all.find((task) => task.id === id) ?? []);
  const found = named.filter(({ site }) => o.sites.includes(site));
  if (found.length > 0) return found;
  const of = [...new Set(named.map(({ site }) => site))].join(", ");
  throw new HaloError("HALO_REAL_LIST", `the list "${list}" has no task for ${o.sites.join(", ")}; its sites: ${of}`, {
    hint: `name them in \`sites\`, for example sites: [${of}]`,
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

function tasksNamed(all: readonly RealTask[], ids: readonly string[], sites: readonly string[]): readonly RealTask[] {
  const own = all.filter(({ site }) => sites.includes(site));
  return ids.map((id) => {
    const task = all.find((t) => t.id === id);
    if (task !== undefined && own.includes(task)) return task;
    if (task !== undefined) {
      throw new HaloError("HALO_REAL_TASK_UNKNOWN", `${id} is a task of ${task.site}, not of ${sites.join(", ")}`, {
        hint: `name the site in \`sites\`; halo tasks --source real says which sites have a replica`,
      });
    }
    const other = otherVersion(own, id);
    if (other !== undefined) throw other;
    const near = nearestId(own, id).join(", ");
    throw new HaloError(
      "HALO_REAL_TASK_UNKNOWN",
      `there is no task "${id}" for ${sites.join(", ")}; nearest: ${near}`,
      {
        hint: `ids look like ${own[0]?.id} and are not numbered without gaps; halo tasks lists them`,
      },
    );
  });
}

/** What to say of an id without a version, which agisdk itself takes for one of v1, or of one of v1. */
function otherVersion(all: readonly RealTask[], id: string): HaloError | undefined {
  const bare = /^(?:v1\.)?([a-z-]+-\d+)$/.exec(id)?.[1];
  if (bare === undefined) return undefined;
  const isThere = all.some((task) => task.id === `v2.${bare}`);
  const what = id === bare
    ? `"${id}" names no version`
    : `"${id}" is a task of v1, which \`version: v1\` plays where it can`;
  const same = isThere ? `v2.${bare} is another task with the same number` : `v2 has no ${bare}`;
  return new HaloError("HALO_REAL_TASK_UNKNOWN", `${what}; ${same}`, {
    hint: `write ids as v2.SITE-NUMBER, such as ${all[0]?.id}; agisdk itself takes a bare id for one of v1`,
  });
}

/** The three ids whose numbers are closest, of the same site where it is played. */
function nearestId(all: readonly RealTask[], id: string): readonly string[] {
  const numberOf = (text: string): number => Number(text.match(/(\d+)$/)?.[1] ?? 0);
  const isSame = ({ site }: RealTask): boolean => new RegExp(`(^|\\.)${site}-`).test(id);
  const distance = (task: RealTask): number => Math.abs(numberOf(task.id) - numberOf(id)) + (isSame(task) ? 0 : 1e6);
  return [...all].sort((a, b) => distance(a) - distance(b)).slice(0, 3).map((task) => task.id);
}
