import type { Json } from "../domain/json.ts";
import type { Task, TaskFilter, TaskSource } from "../domain/task.ts";
import { keyedRng } from "../stats/rng.ts";
import { shuffle } from "../stats/sampling.ts";
import { HaloError } from "../util/errors.ts";
import { globTest } from "../util/glob.ts";
import { drillsOf, type SiteDefinition, templatesOf } from "./definition.ts";
import { type SiteTypes, type Template, worded } from "./family.ts";
import { oracleOf } from "./oracle.ts";

/** Where each split takes its values from and which texts it uses. */
const splits = {
  train: { pool: "train", texts: "wordings" },
  eval: { pool: "eval", texts: "wordings" },
  paraphrase: { pool: "eval", texts: "paraphrases" },
} as const;

type Split = keyof typeof splits;
const splitNames = Object.keys(splits) as Split[];
/** Tasks `list` shows of each split. */
const listed = 64;

/** What decides which tasks of a site exist. */
export interface SiteTaskOptions {
  readonly templates: readonly string[];
  readonly max_optimum: number;
  readonly cap: number;
}

/** The options of a site's task source. */
export function taskOptions<T extends SiteTypes>(site: SiteDefinition<T>) {
  const lists = Object.keys(site.sets);
  return {
    type: "object",
    properties: {
      templates: {
        type: "array",
        items: { type: "string", enum: [...lists, ...site.sets.all, ...drillNames(site)] },
        default: [],
        description: `Templates to draw from, or lists of them: ${lists.join(", ")}; empty means ${lists[0]}.`,
      },
      max_optimum: {
        type: "integer",
        minimum: 1,
        default: Math.max(...templatesOf(site).map((template) => template.optimum)),
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
  } as const;
}

/**
 * Tasks drawn from a site's templates; train and eval share no value, paraphrase shares no wording with either. Throws
 * HaloError for unknown templates and when no template is left.
 */
export function siteTasks<T extends SiteTypes>(site: SiteDefinition<T>, options: SiteTaskOptions): TaskSource {
  const chosen = choose(site, options);
  const draw: TaskSource["draw"] = ({ split, index, seed }) => {
    const { pool, texts } = splits[knownSplit(site.name, split)];
    const round = Math.floor(index / chosen.length);
    const rng = keyedRng(`${site.name}/tasks`, split, seed);
    const template = shuffle(rng.derive("round", round), chosen)[index % chosen.length]!;
    // The wordings of a template take turns; which comes first depends on template and seed only.
    const n = template[texts].length;
    const way = (round + rng.derive("wording", template.name).int(n)) % n;
    const { setup, values } = template.scene(site.drawer(rng.derive(template.name, index), pool));
    const key = `${site.name}/${template.name}/${split}/${index}@${seed}`;
    const maxSteps = options.cap > 0 ? options.cap : 2 * template.optimum + 2;
    const id = `${key}/w${way}/s${maxSteps}`;
    return {
      id,
      key,
      goal: { id, text: worded(template[texts][way]!, values), startUrl: `http://${site.host}/`, maxSteps },
      site: site.name,
      template: template.name,
      split,
      optimum: template.optimum,
      params: { setup: setup as unknown as Json, ...values },
    };
  };
  const list = (filter: TaskFilter): Promise<readonly Task[]> => Promise.resolve(listOf(site.name, draw, filter));
  return { splits: splitNames, draw, list, oracle: oracleOf(site) };
}

function choose<T extends SiteTypes>(site: SiteDefinition<T>, options: SiteTaskOptions): readonly Template<T>[] {
  const { templates: asked, max_optimum } = options;
  const { name: siteName, sets } = site;
  const [usual] = Object.keys(sets);
  const drills = drillsOf(site).map(({ name }) => name);
  const names = (asked.length === 0 ? [usual!] : asked).flatMap((name) =>
    name === drillList && drills.length > 0 ? drills : sets[name] ?? [name]
  );
  const unknown = names.find((name) => !sets.all.includes(name) && !drills.includes(name));
  if (unknown !== undefined) {
    const known = `${sets.all.join(", ")} and the lists ${Object.keys(sets).join(", ")}`;
    throw new HaloError("HALO_TASK_TEMPLATE_UNKNOWN", `${siteName} has no template "${unknown}"; it has ${known}`, {
      hint: "Change the task source's option `templates`.",
    });
  }
  const named = [...templatesOf(site), ...drillsOf(site)].filter((template) => names.includes(template.name));
  const chosen = named.filter((template) => template.optimum <= max_optimum);
  if (chosen.length > 0) return chosen;
  const needs = named.map((template) => `${template.name} ${template.optimum}`).join(", ");
  throw new HaloError(
    "HALO_TASKS_EMPTY",
    `no ${siteName} template is left with max_optimum ${max_optimum}; steps needed: ${needs}`,
    { hint: "Raise `max_optimum` or name other `templates`." },
  );
}

/** The list of a site's drills. */
const drillList = "drills";

/** Names that the option `templates` knows besides those of the lists: the drills, and all of them. */
function drillNames<T extends SiteTypes>(site: SiteDefinition<T>): readonly string[] {
  const drills = drillsOf(site).map(({ name }) => name);
  return drills.length === 0 ? [] : [drillList, ...drills];
}

function knownSplit(site: string, split: string): Split {
  const known = splitNames.find((name) => name === split);
  if (known !== undefined) return known;
  throw new HaloError("HALO_TASK_SPLIT_UNKNOWN", `${site} has no split "${split}"; it has ${splitNames.join(", ")}`, {
    hint: "Change the stage's `split`.",
  });
}

/** The first tasks of the asked splits at seed 0 whose keys match the glob. */
function listOf(site: string, draw: TaskSource["draw"], { split, match = "*" }: TaskFilter): readonly Task[] {
  const matches = globTest(match);
  const names = split === undefined ? splitNames : [knownSplit(site, split)];
  return names.flatMap((name) => Array.from({ length: listed }, (_, index) => draw({ split: name, index, seed: 0 })))
    .filter((task) => matches(task.key));
}
