import { definePlugin, HaloError, refs } from "halo-agent";
import type { Grade, Site, Task, TaskFilter, TaskSource, Verdict } from "halo-agent";
import { findPython, globTest, sha256 } from "halo-agent/kit";
import { defaultFolder, readTasks, type RealTask, verifyPackage } from "./agisdk.ts";
import { chooseTasks } from "./choose.ts";
import { realErrors } from "./codes.ts";
import { provingGroundOf } from "./proving-ground.ts";
import { runScript } from "./script.ts";
import { startUrl } from "./start-url.ts";

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
      path: {
        type: "string",
        "x-path": true,
        description: "Folder of the unpacked agisdk 0.3.5; halo's own cache when absent.",
      },
      list: {
        type: "string",
        "x-path": true,
        description: "A named list such as easy, or a JSON file of task ids; all when absent.",
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
    const { site } = options;
    if (site === undefined) return catalogue(await readTasks(options.path ?? defaultFolder()), options.max_steps);
    if (site.official === undefined) {
      throw new HaloError("HALO_REAL_TASK_UNKNOWN", `the REAL benchmark has no tasks for the site "${site.name}"`, {
        hint: "name a replica of one of the benchmark's sites, such as gomail",
      });
    }
    const all = await readTasks(options.path ?? defaultFolder(), site.name);
    const chosen = await chooseTasks(all, { ...options, site: site.name, packageRoot });
    return realTasks(chosen, { ...options, site, python: await findPython(options.python) });
  },
});

interface SourceOptions {
  readonly site: Site;
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
    proving: provingGroundOf(o.site, grade),
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

/** Why a task cannot be played or graded here. */
function remarkOf(all: readonly RealTask[]): NonNullable<TaskSource["remark"]> {
  const ungradeable = new Set(all.filter((one) => !one.isGradeable).map(({ id }) => id));
  return ({ template, site }, sites) =>
    ungradeable.has(template)
      ? "ungradeable: its script is empty"
      : sites.includes(site)
      ? undefined
      : "no replica yet";
}

function taskOf(real: RealTask, o: SourceOptions & { readonly split: string; readonly round: number }): Task {
  const key = o.round === 0 ? real.id : `${real.id}~${o.round + 1}`;
  const id = `${key}/s${o.max_steps}`;
  return {
    id,
    key,
    goal: { id, text: real.goal, startUrl: startUrl(o.site, real.url), maxSteps: o.max_steps },
    site: o.site.name,
    template: real.id,
    split: o.split,
    optimum: o.max_steps,
    params: { real: real.id },
  };
}

/** Reports graded lately; an episode is judged after every step, and most steps change nothing a script reads. */
const kept = 512;

/** Grades by the task's own script, the site's strict verdict beside it. */
function gradeWith(chosen: readonly RealTask[], python: string): Grade {
  const scripts = new Map(chosen.map((task) => [task.id, task.script]));
  const known = new Map<string, Verdict>();
  return async ({ task, report, strict }, { signal }) => {
    const id = task.template;
    const key = sha256(`${id}\n${JSON.stringify([report, strict])}`);
    const verdict = known.get(key) ?? await official({ id, script: scripts.get(id)!, python, report, strict, signal });
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
  return { success, by: `real/${id}`, reason, strict };
}
