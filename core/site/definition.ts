import type { Action } from "../domain/action.ts";
import type { Observation } from "../domain/observation.ts";
import type { Rng } from "../domain/rng.ts";
import { HaloError } from "../util/errors.ts";
import type { StateRules } from "./asked.ts";
import type { SiteClock } from "./clock.ts";
import type { GoalWays } from "./course.ts";
import type { Drill, Family, SiteTypes, Template } from "./family.ts";
import type { SiteFaults } from "./faults.ts";
import type { Milestone, Where } from "./milestone.ts";
import type { Official } from "./official.ts";
import { patternReader } from "./pattern-reader.ts";
import type { GoalReader } from "./wish.ts";

/** Everything of a replica site but its page: from it come its `Site`, its task source, its reward and its solution. */
export interface SiteDefinition<T extends SiteTypes> {
  /** Lower case, digits; the name of its plugins. */
  readonly name: string;
  /** Host name the page sees. */
  readonly host: string;
  readonly clock: SiteClock;
  /** In the order in which a goal is tried for them. */
  readonly families: readonly Family<T>[];
  /**
   * Families in the free wordings of people, told by their tasks' ids and read by exactly these wordings: to train on and
   * to measure with. They are drawn where they are named, and stand in no list of `sets`.
   */
  readonly drills?: readonly Drill<T>[];
  /** Lists of template names; the first is the one that tasks are drawn from by default, `all` holds each once. */
  readonly sets: Readonly<Record<string, readonly string[]>> & { readonly all: readonly string[] };
  /** Draws the values of a task from the pool of a split; `paraphrase` shares the pool of `eval`. */
  drawer(rng: Rng, pool: "train" | "eval"): T["draw"];
  /** The state in which a page with this setup opens. Pure. */
  start(setup: T["setup"]): T["state"];
  /** The setup of a task that brings none. */
  readonly plainSetup: T["setup"];
  /** How states are judged. */
  readonly rules: StateRules<T["state"]>;
  /** Readers of goal texts, the surest first. */
  readonly readers: readonly GoalReader<T["wish"]>[];
  /** How goals in any other wording are read and paid; without it only what the readers know is. */
  readonly goals?: GoalWays<T["page"]>;
  /** What a page shows. Pure. */
  page(observation: Observation): T["page"];
  /** How a solution gets rid of what the goal does not ask for, such as a window that was opened by mistake. */
  stray?(at: Stray<T>): Action | undefined;
  /** What the pages can be told to let fail. */
  readonly faults?: SiteFaults<T["state"]>;
  /** What ties the site to the REAL benchmark, where the benchmark has the site. */
  readonly official?: Official<T["state"]>;
}

/** A page that may show something the goal does not ask for. */
export interface Stray<T extends SiteTypes> extends Where<T["page"]> {
  readonly wish: T["wish"];
  readonly milestones: readonly Milestone<T["page"]>[];
}

/** What a site says of itself. Without `sets` each template is in `all`; without `readers` goals are read by pattern. */
export type SiteParts<T extends SiteTypes> =
  & Omit<SiteDefinition<T>, "sets" | "readers">
  & Partial<Pick<SiteDefinition<T>, "sets" | "readers">>;

/** A checked definition. Throws HALO_BUG when its lists of templates and its families do not agree. */
export function defineSite<T extends SiteTypes>(parts: SiteParts<T>): SiteDefinition<T> {
  const { name, families } = parts;
  const {
    sets = { all: families.flatMap(({ templates }) => templates.map((template) => template.name)) },
    readers = [patternReader<T["wish"]>({ families })],
  } = parts;
  const wrong = (what: string): HaloError => new HaloError("HALO_BUG", `${name}: ${what}`);
  const named = families.flatMap((family) => family.templates.map((template) => template.name));
  const all = [...named, ...drillsOf(parts).map((template) => template.name)];
  const twice = all.find((template, i) => all.indexOf(template) !== i);
  if (twice !== undefined) throw wrong(`two templates are called "${twice}"`);
  for (const template of named) {
    if (!sets.all.includes(template)) throw wrong(`the template "${template}" is missing in the list "all"`);
  }
  const stray = Object.values(sets).flat().find((template) => !named.includes(template));
  if (stray !== undefined) throw wrong(`no family has the template "${stray}"`);
  return { ...parts, sets, readers };
}

/** The templates of a site in the order of its list `all`. */
export function templatesOf<T extends SiteTypes>({ families, sets }: SiteDefinition<T>): readonly Template<T>[] {
  const known = new Map(families.flatMap((family) => family.templates.map((one) => [one.name, one] as const)));
  return sets.all.map((name) => known.get(name)!);
}

/** The templates of a site's drills, in their order. */
export function drillsOf<T extends SiteTypes>(
  { drills = [] }: Pick<SiteDefinition<T>, "drills">,
): readonly Template<T>[] {
  return drills.flatMap(({ templates }) => templates);
}

/** The family of a kind of wish. Throws HALO_BUG for a kind that no family has. */
export function familyOf<T extends SiteTypes>(
  { name, families, drills = [] }: SiteDefinition<T>,
  kind: string,
): Drill<T> {
  const family = [...families, ...drills].find((one) => one.name === kind);
  if (family === undefined) throw new HaloError("HALO_BUG", `${name} has no family "${kind}"`);
  return family;
}
