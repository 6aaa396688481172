import type { Json } from "../domain/json.ts";
import type { ScriptedWork } from "../domain/scripted-work.ts";
import type { Asset, Site } from "../domain/site.ts";
import type { Task } from "../domain/task.ts";
import type { Verdict } from "../domain/verdict.ts";
import { keyedRng } from "../stats/rng.ts";
import { HaloError } from "../util/errors.ts";
import { partActs } from "./acts.ts";
import { drillsOf, type SiteDefinition, templatesOf } from "./definition.ts";
import type { SiteTypes, Values } from "./family.ts";
import { type BeforeAfter, problemOf } from "./judge.ts";
import { defaultConfig, finishReport, judgeStrictly } from "./official.ts";

/** Whether the notice above a page stands there when a task begins: in a random half of the tasks, told by their keys. */
export const banners = ["closed", "open", "random"] as const;
export type BannerOption = typeof banners[number];

/** What users do for the site's REAL tasks, right and wrong, by task id. */
export type OfficialWorks = () => Promise<Readonly<Record<string, readonly ScriptedWork[]>>>;

/** How a site's pages behave in a task. */
export interface SiteSettings {
  readonly banner?: BannerOption;
  /** Milliseconds after which the pages answer, for the report; the files of the pages hold it. */
  readonly latency?: number;
  /** What fails, of the switches of the site's faults. */
  readonly errors?: readonly string[];
  readonly works?: OfficialWorks | undefined;
}

/** The site as an environment serves it: its definition, the files of its page, and what users do for its REAL tasks. */
export function siteOf<T extends SiteTypes>(
  definition: SiteDefinition<T>,
  assets: () => Promise<ReadonlyMap<string, Asset>>,
  { banner = "closed", latency = 0, errors = [], works }: SiteSettings = {},
): Site {
  const startOf = (task: Task): T["state"] => {
    const state = definition.start(paramsOf(definition, task).setup);
    return errors.length === 0 ? state : definition.faults?.turned(state, (name) => errors.includes(name)) ?? state;
  };
  const { name, host, clock, official } = definition;
  return {
    name,
    host,
    clock: { start: clock.start, timezone: clock.timezone },
    assets,
    start: (task) => withBanner(startOf(task), task, banner) as Json,
    judge: (task, start, now) =>
      judgeTask(definition, task, { before: start as object, after: partActs(now as T["state"]).state }),
    ...(official && {
      official: {
        tasks: Object.keys(official.strict),
        ...(official.earlier && { earlier: Object.keys(official.earlier) }),
        ...(works && { works }),
      },
      report(task: Task, start: Json, now: Json): Json {
        const { state: final, acts: history } = partActs(now as T["state"]);
        const config = {
          ...defaultConfig(realId(task) ?? task.id, official),
          latency,
          ...Object.fromEntries(errors.map((name) => [name, true])),
        };
        return finishReport(official, { initial: start as T["state"], final, history, config });
      },
    }),
  };
}

/** Says whether a task is achieved and nothing else done: by its template, or by the strict rule of a REAL task. Pure. */
export function judgeTask<T extends SiteTypes>(
  site: SiteDefinition<T>,
  task: Task,
  states: BeforeAfter<T["state"]>,
): Verdict {
  const real = realId(task);
  if (real !== undefined) return judgeStrictly(site, real, states);
  const template = [...templatesOf(site), ...drillsOf(site)].find((one) => one.name === task.template);
  if (template === undefined) {
    throw new HaloError("HALO_BUG", `${site.name} has no template "${task.template}" for ${task.id}`);
  }
  const asked = template.wanted({ ...paramsOf(site, task), state: states.before });
  const problem = problemOf(site.rules, asked, states);
  const reason = problem ?? `${asked.done ?? "all that was asked for was done"} and nothing else changed`;
  return { success: problem === undefined, by: `${site.name}/${task.template}`, reason };
}

/** The state with its banner open, where the option wants that and the site has one. */
function withBanner(state: object, { key }: Task, banner: BannerOption): object {
  if (banner === "closed" || !("banner" in state)) return state;
  const isOpen = banner === "open" || keyedRng("banner", key).int(2) === 1;
  return isOpen ? { ...state, banner: true } : state;
}

/** Id of the REAL task that a task stands for, "v2.gomail-1"; undefined for a site's own. */
export function realId({ params }: Task): string | undefined {
  return (params as { readonly real?: string }).real;
}

/** What a task adds to the state, and its values. */
function paramsOf<T extends SiteTypes>(
  { plainSetup }: SiteDefinition<T>,
  { params }: Task,
): { readonly setup: T["setup"]; readonly values: Values } {
  const { setup = plainSetup, ...values } = params as unknown as { readonly setup?: T["setup"] };
  return { setup, values: values as Values };
}
