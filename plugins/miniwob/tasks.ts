import { definePlugin, HaloError, type Task, type TaskFilter, type TaskSource } from "halo-agent";
import { globTest, keyedRng } from "halo-agent/kit";
import { miniwobErrors } from "./codes.ts";
import { pageNames, pagesFolder } from "./pages.ts";
import { suites, unserved } from "./suites.ts";

/** The tasks of MiniWoB++, each on the pages' own seeds; what a task asks for, its page says when it is opened. */
export default definePlugin({
  kind: "tasks",
  name: "miniwob",
  summary: "The MiniWoB++ tasks on the seeds of the published tables (halo tasks fetch miniwob brings the pages).",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      suite: {
        type: "string",
        enum: ["all", "click", "forms", "panels", "menus"],
        default: "all",
        description: "A group of tasks of the published table; all: every task that can be played.",
      },
      tasks: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Names of tasks such as click-test-2, in this order; empty means the whole suite.",
      },
      max_steps: { type: "integer", minimum: 1, default: 15, description: "Step limit." },
      path: {
        type: "string",
        "x-path": true,
        description: "Folder of pages, taken as it is; the fetched ones, verified, when absent.",
      },
      python: { type: "string", default: "python3", description: "Python 3 that downloads and unpacks the wheel." },
    },
  },
  errors: miniwobErrors,
  checks: ({ path }) => [{
    name: "MiniWoB++ pages",
    run: async () => ({ status: "ok", text: `all there in ${await pagesFolder(path)}` }),
  }],
  fetch: async ({ python }, o) =>
    (await import("./fetch.ts")).fetchPages({ ...o, ...(python !== undefined && { python }) }),
  async create({ suite, tasks, max_steps, path }): Promise<TaskSource> {
    const there = await pageNames(await pagesFolder(path));
    const playable = there.filter((name) => !(name in unserved));
    const ofSuite: readonly string[] = suite === "all"
      ? playable
      : suites[suite].filter((name) => there.includes(name));
    const chosen = tasks.length === 0 ? ofSuite : tasks;
    for (const name of chosen) refuseUnknown(name, playable);
    return source(chosen, max_steps);
  },
});

function refuseUnknown(name: string, playable: readonly string[]): void {
  if (playable.includes(name)) return;
  const reason = unserved[name];
  const message = reason === undefined ? `there is no task "${name}"` : `"${name}" cannot be played: ${reason}`;
  throw new HaloError("HALO_MINIWOB_TASK", message, { option: "tasks", hint: "halo tasks --source miniwob" });
}

const splits = ["train", "eval", "unserved"] as const;
type Split = typeof splits[number];

/** First of the seeds that published evaluations use; training stays below. */
const firstEvalSeed = 200_000;

/** Seeds of each task that are listed: as many as the published evaluations play. */
const listed = { train: 1, eval: 100, unserved: 1 } as const;

function source(names: readonly string[], maxSteps: number): TaskSource {
  const namesIn = (split: Split) => split === "unserved" ? Object.keys(unserved) : names;
  const draw: TaskSource["draw"] = ({ split, index, seed }) => {
    const known = splits.find((one) => one === split);
    if (known === undefined || names.length === 0) {
      throw new HaloError("HALO_TASK_SPLIT_UNKNOWN", `miniwob has no split "${split}"; it has ${splits.join(", ")}`);
    }
    const there = namesIn(known);
    const name = there[index % there.length]!;
    const round = Math.floor(index / there.length);
    return taskOf(name, { split: known, seed: pageSeed(name, { split: known, round, seed }), maxSteps });
  };
  const list = ({ split, match = "*" }: TaskFilter): readonly Task[] => {
    const isLike = globTest(match);
    return splits.filter((one) => one === (split ?? one)).flatMap((one) => {
      const n = namesIn(one).length * listed[one];
      return Array.from({ length: n }, (_, index) => draw({ split: one, index, seed: 0 }));
    }).filter((task) => isLike(task.key));
  };
  return { splits: [...splits], draw, list: (filter) => Promise.resolve(list(filter)) };
}

/** Evaluation takes the published seeds in order; every task seed after 0 takes hundreds of its own. */
function pageSeed(name: string, { split, round, seed }: { split: Split; round: number; seed: number }): number {
  if (split === "eval") return firstEvalSeed + round + 1_000 * (seed % 1_000);
  return keyedRng("miniwob", split, name, round, seed).int(firstEvalSeed);
}

function taskOf(name: string, o: { readonly split: Split; readonly seed: number; readonly maxSteps: number }): Task {
  const { split, seed, maxSteps } = o;
  const reason = unserved[name];
  const key = `miniwob/${name}/${split}/${seed}`;
  const text = reason === undefined ? `${name}, seed ${seed}: the page says what to do.` : `Not playable: ${reason}.`;
  return {
    id: `${key}/s${maxSteps}`,
    key,
    goal: { id: `${key}/s${maxSteps}`, text, startUrl: `/miniwob/${name}.html`, maxSteps },
    site: "miniwob",
    template: name,
    split,
    optimum: 1,
    params: { name, seed, mode: split === "eval" ? "test" : "train" },
  };
}
