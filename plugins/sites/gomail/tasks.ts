import { definePlugin, HaloError } from "halo-agent";
import type { Json, Task, TaskFilter, TaskSource } from "halo-agent";
import { keyedRng, shuffle } from "halo-agent/kit";
import { nextAction } from "./oracle.ts";
import { Drawer } from "./tasks/drawer.ts";
import { pools } from "./tasks/pools.ts";
import { worded } from "./tasks/template.ts";
import type { Template } from "./tasks/template.ts";
import { sets, templates } from "./tasks/templates.ts";

/** Where each split takes its values from and which wordings it uses. */
const splits = {
  train: { pool: pools.train, texts: "wordings" },
  eval: { pool: pools.eval, texts: "wordings" },
  paraphrase: { pool: pools.eval, texts: "paraphrases" },
} as const;

type Split = keyof typeof splits;
const splitNames = Object.keys(splits) as Split[];
/** Tasks `list` shows of each split. */
const listed = 64;

/** Parameterised mail tasks; train and eval share no value, paraphrase shares no wording with either. */
export default definePlugin({
  kind: "tasks",
  name: "gomail",
  summary: "mail tasks of 1 to 8 steps; unseen values in eval, unseen wordings in paraphrase",
  options: {
    type: "object",
    properties: {
      templates: {
        type: "array",
        items: { type: "string", enum: [...Object.keys(sets), ...sets["all"]!] },
        default: [],
        description: "Templates to draw from, or lists of them: six, twelve, all; empty means six.",
      },
      max_optimum: {
        type: "integer",
        minimum: 1,
        default: 8,
        description: "Leaves out templates that need more steps.",
      },
      cap: {
        type: "integer",
        minimum: 0,
        default: 0,
        description: "Step limit of every task; 0 means 2 × optimum + 2.",
      },
    },
    additionalProperties: false,
  },
  create: (options) => gomailTasks(options),
});

/** What decides which tasks exist. */
export interface GoMailTaskOptions {
  readonly templates: readonly string[];
  readonly max_optimum: number;
  readonly cap: number;
}

/** The task source under its options. Throws HaloError for unknown templates and when no template is left. */
export function gomailTasks(options: GoMailTaskOptions): TaskSource {
  const chosen = choose(options);
  const draw: TaskSource["draw"] = ({ split, index, seed }) => {
    const { pool, texts } = splits[knownSplit(split)];
    const round = Math.floor(index / chosen.length);
    const rng = keyedRng("gomail/tasks", split, seed);
    const template = shuffle(rng.derive("round", round), chosen)[index % chosen.length]!;
    // Both wordings of a template take turns; which comes first depends on template and seed only.
    const way = (round + rng.derive("wording", template.name).int(2)) % 2;
    const { setup, values } = template.scene(new Drawer(rng.derive(template.name, index), pool));
    const key = `gomail/${template.name}/${split}/${index}@${seed}`;
    const maxSteps = options.cap > 0 ? options.cap : 2 * template.optimum + 2;
    const id = `${key}/w${way}/s${maxSteps}`;
    return {
      id,
      key,
      goal: { id, text: worded(template[texts][way]!, values), startUrl: "http://gomail.halo.test/", maxSteps },
      site: "gomail",
      template: template.name,
      split,
      optimum: template.optimum,
      params: { setup: setup as unknown as Json, ...values },
    };
  };
  return { splits: splitNames, draw, list: (filter) => Promise.resolve(list(draw, filter)), oracle: nextAction };
}

function choose(options: GoMailTaskOptions): readonly Template[] {
  const { templates: asked, max_optimum } = options;
  const known = sets["all"]!;
  const names = (asked.length === 0 ? ["six"] : asked).flatMap((name) => sets[name] ?? [name]);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new HaloError(
      "HALO_TASK_TEMPLATE_UNKNOWN",
      `gomail has no template "${unknown}"; it has ${known.join(", ")} and the lists ${Object.keys(sets).join(", ")}`,
      { hint: "Change the task source's option `templates`." },
    );
  }
  const named = templates.filter((t) => names.includes(t.name));
  const chosen = named.filter((t) => t.optimum <= max_optimum);
  if (chosen.length > 0) return chosen;
  const needs = named.map((t) => `${t.name} ${t.optimum}`).join(", ");
  throw new HaloError(
    "HALO_TASKS_EMPTY",
    `no gomail template is left with max_optimum ${max_optimum}; steps needed: ${needs}`,
    {
      hint: "Raise `max_optimum` or name other `templates`.",
    },
  );
}

function knownSplit(split: string): Split {
  const known = splitNames.find((name) => name === split);
  if (known !== undefined) return known;
  throw new HaloError("HALO_TASK_SPLIT_UNKNOWN", `gomail has no split "${split}"; it has ${splitNames.join(", ")}`, {
    hint: "Change the stage's `split`.",
  });
}

/** The first tasks of the asked splits at seed 0 whose keys match the glob. */
function list(draw: TaskSource["draw"], { split, match = "*" }: TaskFilter): readonly Task[] {
  const pattern = new RegExp(`^${match.split("*").map(escaped).join(".*")}$`, "u");
  const names = split === undefined ? splitNames : [knownSplit(split)];
  return names.flatMap((name) => Array.from({ length: listed }, (_, index) => draw({ split: name, index, seed: 0 })))
    .filter((task) => pattern.test(task.key));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
