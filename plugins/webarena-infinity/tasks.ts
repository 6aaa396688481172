import {
  definePlugin,
  type Grade,
  HaloError,
  type Task,
  type TaskFilter,
  type TaskSource,
  type Verdict,
} from "halo-agent";
import { findPython, globTest, keepLatest, keyedRng, sha256, shuffle } from "halo-agent/kit";
import { appNames, appsFolder, type InfinityTask, readTasks } from "./clone.ts";
import { infinityErrors } from "./codes.ts";
import { leftOut } from "./left-out.ts";
import { provingOf } from "./proving.ts";
import { verify } from "./runner.ts";

/** The tasks of WebArena-Infinity, graded by their own verifiers on the state of the page. */
export default definePlugin({
  kind: "tasks",
  name: "webarena-infinity",
  summary: "WebArena-Infinity: 13 apps, 1,620 tasks and 737 functional ones, graded by their own verifiers.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      apps: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Apps such as gmail; empty means all.",
      },
      set: {
        type: "string",
        enum: ["all", "real", "functional", "easy", "medium", "hard"],
        default: "all",
        description: "real: the published list, which easy, medium and hard divide; functional: one function each.",
      },
      tasks: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Ids such as gmail/e1 or gmail/f3, in this order; empty means all of the set.",
      },
      held_out: {
        type: "number",
        minimum: 0,
        maximum: 1,
        default: 0,
        description: "Share of the tasks of each app that only `eval` holds; 0: both splits hold all.",
      },
      exclude_ungradeable: {
        type: "boolean",
        default: true,
        description: "Leave out tasks whose verifier passes the untouched app, or no end at all.",
      },
      max_steps: { type: "integer", minimum: 1, default: 25, description: "Step limit." },
      path: {
        type: "string",
        "x-path": true,
        description: "Folder that holds `apps`, taken as it is; what was fetched, verified, when absent.",
      },
      python: { type: "string", default: "python3", description: "Python 3 that runs the verifiers." },
    },
  },
  errors: infinityErrors,
  checks: ({ path, python }) => [{
    name: "WebArena-Infinity apps",
    async run() {
      const folder = await appsFolder(path);
      const apps = await appNames(folder);
      return { status: "ok", text: `${apps.length} apps in ${folder}, verified by ${await findPython(python)}` };
    },
  }],
  fetch: async (_, o) => (await import("./fetch.ts")).fetchApps(o),
  async create(o): Promise<TaskSource> {
    const folder = await appsFolder(o.path);
    const there = await appNames(folder);
    const stray = o.apps.find((app) => !there.includes(app));
    if (stray !== undefined) throw unknown(`there is no app "${stray}"; there are ${there.join(", ")}`, "apps");
    const apps = o.apps.length === 0 ? there : o.apps;
    const all = (await Promise.all(apps.map((app) => readTasks(folder, app)))).flat();
    const chosen = choose(all, o);
    const byId = new Map(chosen.map((task) => [task.id, task]));
    const python = await findPython(o.python);
    return {
      ...listed(chosen, o),
      grade: gradeWith(byId, python),
      proving: provingOf({ folder, python, tasks: byId }),
      remark: ({ template }) => leftOut[template],
    };
  },
});

const unknown = (message: string, option: string): HaloError =>
  new HaloError("HALO_INFINITY_TASK", message, { option, hint: "halo tasks --source webarena-infinity" });

interface Choice {
  readonly set: "all" | InfinityTask["set"] | "easy" | "medium" | "hard";
  readonly tasks: readonly string[];
  readonly exclude_ungradeable: boolean;
}

function choose(all: readonly InfinityTask[], o: Choice): readonly InfinityTask[] {
  const isWanted = ({ set, difficulty }: InfinityTask) => o.set === "all" || o.set === set || o.set === difficulty;
  const named = o.tasks.map((id) => {
    const task = all.find((one) => one.id === id);
    if (task === undefined) throw unknown(`there is no task "${id}" in these apps`, "tasks");
    if (o.exclude_ungradeable && id in leftOut) throw unknown(`${id} is left out: ${leftOut[id]}`, "tasks");
    return task;
  });
  const ofSet = all.filter((task) => isWanted(task) && !(o.exclude_ungradeable && task.id in leftOut));
  const chosen = named.length > 0 ? named : ofSet;
  if (chosen.length === 0) throw unknown(`the set "${o.set}" is empty`, "set");
  return chosen;
}

const splits = ["train", "eval"] as const;

function listed(
  chosen: readonly InfinityTask[],
  { held_out, max_steps }: { readonly held_out: number; readonly max_steps: number },
): Pick<TaskSource, "splits" | "draw" | "list" | "size"> {
  const held = heldOut(chosen, held_out);
  const bySplit: Readonly<Record<string, readonly InfinityTask[]>> = held.size === 0
    ? { train: chosen, eval: chosen }
    : { train: chosen.filter((task) => !held.has(task)), eval: chosen.filter((task) => held.has(task)) };
  const draw: TaskSource["draw"] = ({ split, index, seed }) => {
    const there = bySplit[split] ?? [];
    if (there.length === 0) {
      throw new HaloError(
        "HALO_TASK_SPLIT_UNKNOWN",
        `webarena-infinity has nothing in "${split}"; it has ${splits.join(", ")}`,
      );
    }
    const round = Math.floor(index / there.length);
    const order = split === "train" ? shuffle(keyedRng("webarena-infinity", seed, round), there) : there;
    return taskOf(order[index % there.length]!, { split, round, maxSteps: max_steps });
  };
  const list = ({ split, match = "*" }: TaskFilter): readonly Task[] => {
    const isLike = globTest(match);
    return splits.filter((name) => name === (split ?? name))
      .flatMap((name) => bySplit[name]!.map((task) => taskOf(task, { split: name, round: 0, maxSteps: max_steps })))
      .filter((task) => isLike(task.key));
  };
  return {
    splits,
    draw,
    list: (filter) => Promise.resolve(list(filter)),
    size: (split) => bySplit[split]?.length ?? 0,
  };
}

/** So large a share of each app's tasks, drawn by the app's name alone. */
function heldOut(chosen: readonly InfinityTask[], share: number): ReadonlySet<InfinityTask> {
  const apps = [...new Set(chosen.map(({ app }) => app))];
  return new Set(apps.flatMap((app) => {
    const ofApp = chosen.filter((task) => task.app === app);
    return shuffle(keyedRng("webarena-infinity/held out", app), ofApp).slice(0, Math.round(share * ofApp.length));
  }));
}

/** A second round through the tasks is marked: each draw of an evaluation has a key of its own. */
function taskOf(
  { id: name, app, goal: text }: InfinityTask,
  { split, round, maxSteps }: { readonly split: string; readonly round: number; readonly maxSteps: number },
): Task {
  const key = round === 0 ? name : `${name}~${round + 1}`;
  const id = `${key}/s${maxSteps}`;
  const goal = { id, text, startUrl: "/", maxSteps };
  return { id, key, goal, site: app, template: name, split, optimum: maxSteps, params: { app } };
}

/** States judged lately; an episode is judged after every step, and most steps change nothing. */
const kept = 512;

/** Grades by the task's own verifier, on the state that the page told its server. */
function gradeWith(tasks: ReadonlyMap<string, InfinityTask>, python: string): Grade {
  const verdicts = keepLatest<Verdict>(kept);
  return async ({ task, report }, o) => {
    const state = JSON.stringify(report);
    const key = sha256(`${task.template}\n${state}`);
    return await verdicts(key, () => verdictOf(tasks.get(task.template)!, { python, state, ...o }));
  };
}

async function verdictOf(
  task: InfinityTask,
  { python, state, signal }: { readonly python: string; readonly state: string; readonly signal: AbortSignal },
): Promise<Verdict> {
  const [answer] = await verify(python, [{ task, state }], { signal });
  if (answer !== undefined && "passed" in answer) {
    return { success: answer.passed, by: `webarena-infinity/${task.id}`, reason: answer.message };
  }
  throw new HaloError("HALO_INFINITY_VERIFIER", `${task.verifier} ${answer?.fault ?? "gave no answer"}`, {
    hint: "run it by hand on the same state",
  });
}
