import { definePlugin, HaloError, type Json, type Task, type TaskFilter, type TaskSource } from "halo-agent";
import { globTest } from "halo-agent/kit";
import { type Condition, successSchema } from "./condition-schema.ts";
import { checkConditions } from "./conditions.ts";
import { webErrors } from "./codes.ts";

/** Tasks written down in a pipeline: a goal each, and when it is achieved. */
export default definePlugin({
  kind: "tasks",
  name: "inline",
  summary: "Tasks written down in the pipeline, a goal and its success conditions each (docs/web.md).",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["tasks"],
    properties: {
      tasks: {
        type: "array",
        minItems: 1,
        items: {
          type: "object",
          additionalProperties: false,
          required: ["goal"],
          properties: {
            goal: { type: "string", minLength: 1, description: "What the agent is asked to do, in words." },
            id: {
              type: "string",
              minLength: 1,
              description: "Name of the task in results; made of the goal when absent.",
            },
            url: { type: "string", default: "", description: "Where it starts, relative to the environment's `url`." },
            success: successSchema,
            split: { type: "string", enum: ["train", "eval"], description: "The split it is in; both when absent." },
            max_steps: { type: "integer", minimum: 1, description: "Its own step limit." },
            optimum: {
              type: "integer",
              minimum: 1,
              description: "Fewest steps known to do it; its step limit when absent.",
            },
            params: {
              type: "object",
              additionalProperties: { type: "string" },
              properties: {},
              default: {},
              description: "Texts for a rule of your own.",
            },
          },
        },
        description: "The tasks, in this order.",
      },
      site: { type: "string", default: "web", description: "Name of the site in reports." },
      max_steps: { type: "integer", minimum: 1, default: 15, description: "Step limit of a task that has none." },
    },
  },
  errors: webErrors,
  create: ({ tasks, site, max_steps }): TaskSource => listed(tasks, { site, max_steps }),
});

interface Listed {
  readonly goal: string;
  readonly id?: string;
  readonly url: string;
  readonly success?: readonly Condition[];
  readonly split?: "train" | "eval";
  readonly max_steps?: number;
  readonly optimum?: number;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Defaults {
  readonly site: string;
  readonly max_steps: number;
}

const splits: readonly string[] = ["train", "eval"];

function listed(tasks: readonly Listed[], defaults: Defaults): TaskSource {
  const names = tasks.map((task) => task.id ?? slug(task.goal));
  for (const [i, name] of names.entries()) {
    checkConditions(tasks[i]!.success ?? [], `tasks.${i}.success`);
    const first = names.indexOf(name);
    if (first === i) continue;
    throw new HaloError("HALO_WEB_OPTION", `the tasks ${first + 1} and ${i + 1} are both called "${name}"`, {
      option: `tasks.${i}`,
      hint: "give one of them an `id`",
    });
  }
  const inSplit = (split: string) =>
    tasks.flatMap((task, i) => task.split === undefined || task.split === split ? [{ task, name: names[i]! }] : []);
  const bySplit = new Map(splits.map((split) => [split, inSplit(split)]));
  const draw: TaskSource["draw"] = ({ split, index }) => {
    const there = bySplit.get(split) ?? [];
    if (there.length === 0) {
      const filled = splits.filter((name) => bySplit.get(name)!.length > 0).join(", ");
      throw new HaloError("HALO_TASK_SPLIT_UNKNOWN", `the list has no task in a split "${split}"; it has ${filled}`);
    }
    const { task, name } = there[index % there.length]!;
    return taskOf(task, { ...defaults, name, split, round: Math.floor(index / there.length) });
  };
  const list = ({ split, match = "*" }: TaskFilter): readonly Task[] => {
    const isLike = globTest(match);
    return splits.filter((name) => name === (split ?? name))
      .flatMap((name) => bySplit.get(name)!.map((_, index) => draw({ split: name, index, seed: 0 })))
      .filter((task) => isLike(task.key));
  };
  return {
    splits: splits.filter((name) => bySplit.get(name)!.length > 0),
    draw,
    list: (filter) => Promise.resolve(list(filter)),
    optionOf(key) {
      const name = key.slice(defaults.site.length + 1);
      const at = names.includes(name) ? names.indexOf(name) : names.indexOf(name.replace(/~\d+$/, ""));
      return at < 0 ? undefined : `tasks.${at}`;
    },
  };
}

type Placed = Defaults & { readonly name: string; readonly split: string; readonly round: number };

/** A second round through the list is marked: each draw of an evaluation has a key of its own. */
function taskOf(task: Listed, { site, max_steps, name, split, round }: Placed): Task {
  const key = `${site}/${name}${round === 0 ? "" : `~${round + 1}`}`;
  const { goal: text, url: startUrl, success, optimum } = task;
  const maxSteps = Math.max(optimum ?? 1, task.max_steps ?? max_steps);
  return {
    id: key,
    key,
    goal: { id: key, text, startUrl, maxSteps },
    site,
    template: name,
    split,
    optimum: optimum ?? maxSteps,
    params: { ...task.params, ...(success && { success }) } as Json,
  };
}

/** A goal as a short name: its letters and digits, joined by dashes. */
function slug(goal: string): string {
  const words = goal.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join("-").slice(0, 60) || "task";
}
