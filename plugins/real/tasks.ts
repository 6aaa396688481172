import { definePlugin, HaloError, refs } from "halo-agent";
import type { Grade, Site, Task, TaskFilter, TaskSource, Verdict } from "halo-agent";
import { findPython, globTest, sha256 } from "halo-agent/kit";
import { defaultFolder, readEarlierTasks, readTasks, type RealTask, verifyPackage } from "./agisdk.ts";
import { chooseTasks, type TaskChoice } from "./choose.ts";
import { realErrors } from "./codes.ts";
import { provingGroundOf } from "./proving-ground.ts";
import { askQueries } from "./queries.ts";
import { runScript } from "./script.ts";
import { hostedUrl, startUrl } from "./start-url.ts";

/** The tasks of the REAL benchmark on a replica, graded by the benchmark's own scripts. */
export default definePlugin({
  kind: "tasks",
  name: "real",
  summary: "REAL tasks by their own ids on a replica, graded by their own scripts (halo tasks fetch real brings them)",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      site: {
        type: "string",
        "x-plugin": "site",
        description:
          "The replica of the site the tasks are for; without it every task of the benchmark is listed, and none can be played.",
      },
      sites: {
        type: "array",
        items: { type: "string", "x-plugin": "site" },
        description: "Replicas of several sites, instead of `site`; the environment is then `replicas`.",
      },
      version: {
        type: "string",
        enum: ["v2", "v1"],
        description:
          "v1: the tasks of the first version that queries alone grade and a replica can play; v2 when absent.",
      },
      hosted: {
        type: "string",
        description:
          "Instead of `site`: name of a hosted site of the benchmark, such as udriver; for environment `real`.",
      },
      host: {
        type: "string",
        pattern: "^[a-z0-9.-]+(:[0-9]+)?$",
        description: "Host at which that site is found, where it is not the one of the task files.",
      },
      path: {
        type: "string",
        "x-path": true,
        description: "Folder of the unpacked agisdk 0.3.5; halo's own cache when absent.",
      },
      list: {
        type: "string",
        "x-path": true,
        description: "A named list such as easy, one across sites such as shopping, or a JSON file; all when absent.",
      },
      tasks: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Task ids such as v2.gomail-1, in this order; empty means the whole list.",
      },
      sample: {
        type: "integer",
        minimum: 1,
        description: "So many of them, drawn by sample_seed; all when absent.",
      },
      sample_seed: { type: "integer", minimum: 0, description: "Seed of that draw; 42 when absent." },
      difficulty: {
        type: "array",
        items: { type: "string", enum: ["easy", "medium", "hard"] },
        description: "Only tasks that the package calls so; all when absent. Every task of v2 is medium.",
      },
      exclude_ungradeable: {
        type: "boolean",
        default: true,
        description: "Leave out tasks whose script is empty, which nothing can pass.",
      },
      max_steps: { type: "integer", minimum: 1, default: 25, description: "Step limit; 25 is the benchmark's own." },
      python: { type: "string", default: "python3", description: "Python 3 that runs the scripts." },
    },
  },
  errors: realErrors,
  needs: { packageRoot: refs.packageRoot },
  checks: ({ path = defaultFolder(), python }) => [{
    name: "REAL tasks",
    async run() {
      await verifyPackage(path);
      return { status: "ok", text: `all there in ${path}, graded by ${await findPython(python)}` };
    },
  }],
  fetch: async ({ python }, o) =>
    (await import("./fetch.ts")).fetchTasks({ ...o, ...(python !== undefined && { python }) }),
  create: async (options, { packageRoot }) => {
    refuseHosts(options);
    if (options.hosted !== undefined) return await hostedTasks({ ...options, hosted: options.hosted, packageRoot });
    const sites = [...options.site ? [options.site] : [], ...options.sites ?? []];
    const folder = options.path ?? defaultFolder();
    if (sites.length === 0) {
      return catalogue([...await readTasks(folder), ...await readEarlierTasks(folder)], options.max_steps);
    }
    const foreign = sites.find(({ official }) => official === undefined);
    if (foreign !== undefined) {
      throw new HaloError("HALO_REAL_TASK_UNKNOWN", `the REAL benchmark has no tasks for the site "${foreign.name}"`, {
        hint: "name a replica of one of the benchmark's sites, such as gomail",
      });
    }
    const playable = sites.flatMap(({ official }) => official?.earlier ?? []);
    const all = options.version === "v1"
      ? (await readEarlierTasks(folder)).filter(({ id }) => playable.includes(id))
      : await readTasks(folder);
    const chosen = await chooseTasks(all, { ...options, sites: sites.map(({ name }) => name), packageRoot });
    const startOf = ({ site, url }: RealTask): string => startUrl(sites.find(({ name }) => name === site)!, url);
    return realTasks(chosen, { ...options, sites, startOf, python: await findPython(options.python) });
  },
});

interface HostedOptions extends Omit<TaskChoice, "sites"> {
  readonly hosted: string;
  readonly host?: string;
  readonly path?: string;
  readonly max_steps: number;
  readonly python: string;
}

/** The tasks of a site at their hosted addresses. */
async function hostedTasks({ hosted, host, path = defaultFolder(), ...o }: HostedOptions): Promise<TaskSource> {
  const all = await readTasks(path);
  const own = all.filter(({ site }) => site === hosted);
  if (own.length === 0) {
    const names = [...new Set(all.map(({ site }) => site))];
    const message = `the REAL benchmark has no site "${hosted}"; its sites: ${names.join(", ")}`;
    throw new HaloError("HALO_REAL_TASK_UNKNOWN", message, { option: "hosted" });
  }
  const chosen = await chooseTasks(own, { ...o, sites: [hosted] });
  return realTasks(chosen, { ...o, startOf: ({ url }) => hostedUrl(url, host), python: await findPython(o.python) });
}

function refuseHosts(
  { site, sites, hosted, host }: Readonly<Partial<Record<"site" | "sites" | "hosted" | "host", unknown>>>,
): void {
  const problem = (site ?? sites) !== undefined && hosted !== undefined
    ? "`site` and `sites` play on replicas, `hosted` on the site itself"
    : host !== undefined && hosted === undefined
    ? "`host` is the address of a `hosted` site"
    : undefined;
  if (problem === undefined) return;
  throw new HaloError("HALO_REAL_TASK_UNKNOWN", problem, { hint: "name one of `site` and `hosted`" });
}

interface SourceOptions {
  /** Where a task begins. */
  startOf(real: RealTask): string;
  /** The replicas; absent where tasks are played on hosted sites. */
  readonly sites?: readonly Site[];
  readonly max_steps: number;
  readonly python: string;
}

/** Every task stands in every split: the benchmark has none, and a run that trains on it must say so itself. */
const splits: readonly string[] = ["train", "eval"];

function realTasks(chosen: readonly RealTask[], o: SourceOptions): TaskSource {
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
  const grade = gradeWith(chosen, o.python);
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

/** Every task of the benchmark, to look at: which of them a replica can play. */
function catalogue(all: readonly RealTask[], maxSteps: number): TaskSource {
  const tasks = all.map((real): Task => ({
    id: real.id,
    key: real.id,
    goal: { id: real.id, text: real.goal, startUrl: real.url, maxSteps },
    site: real.site,
    template: real.id,
    split: "eval",
    optimum: maxSteps,
    params: { real: real.id },
  }));
  return {
    splits: ["eval"],
    size: () => tasks.length,
    list({ match = "*" }) {
      const matches = globTest(match);
      return Promise.resolve(tasks.filter((task) => matches(task.key)));
    },
    remark: remarkOf(all),
    draw() {
      throw new HaloError("HALO_REAL_TASK_UNKNOWN", "the tasks of REAL are played on the replica of one site", {
        hint: "name it in the option `site` of `tasks`, such as gomail",
      });
    },
  };
}

/** Tasks of the first version that a replica has all things and a strict rule for. */
export const earlierPlayed: readonly string[] = [
  ...[1, 3, 4].map((n) => `v1.gocalendar-${n}`),
  ...[2, 3, 5].map((n) => `v1.gomail-${n}`),
];

/** Why a task cannot be played or graded here. */
function remarkOf(all: readonly RealTask[]): NonNullable<TaskSource["remark"]> {
  const byId = new Map(all.map((one) => [one.id, one]));
  return ({ template, site }, sites) => {
    const real = byId.get(template);
    if (real?.isGradeable === false) {
      return `ungradeable: ${real.queries ? "its queries contradict its goal" : "its script is empty"}`;
    }
    if (!sites.includes(site)) return "no replica yet";
    return real?.queries && !earlierPlayed.includes(real.id) ? "no rule of its replica yet" : undefined;
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

/** Reports graded lately; an episode is judged after every step, and most steps change nothing a script reads. */
const kept = 512;

/** Grades by the task's own script or queries, the site's strict verdict beside it. */
function gradeWith(chosen: readonly RealTask[], python: string): Grade {
  const byId = new Map(chosen.map((task) => [task.id, task]));
  const known = new Map<string, Verdict>();
  return async ({ task, report, strict }, { signal }) => {
    const id = task.template;
    const { script, queries } = byId.get(id)!;
    if (queries !== undefined) return { ...askQueries(queries, report), by: `real/${id}`, strict };
    const key = sha256(`${id}\n${JSON.stringify([report, strict])}`);
    const verdict = known.get(key) ?? await official({ id, script, python, report, strict, signal });
    known.delete(key);
    known.set(key, verdict);
    if (known.size > kept) known.delete(known.keys().next().value!);
    return verdict;
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
