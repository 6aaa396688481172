import type { Asked } from "./asked.ts";
import type { Drawer } from "./drawer.ts";
import type { Milestone } from "./milestone.ts";
import type { PageView } from "./page-view.ts";
import type { Reading } from "./pattern-reader.ts";
import type { Wish } from "./wish.ts";

/** The types a site's families speak of: `interface MailTypes extends SiteTypes { readonly state: MailState; … }`. */
export interface SiteTypes {
  /** The whole state of a page. */
  readonly state: object;
  /** What a task adds to the state every page starts with. */
  readonly setup: object;
  /** What draws the values of a task. */
  readonly draw: unknown;
  readonly wish: Wish;
  readonly page: PageView;
}

/** The types of a site with plain pages: words drawn from a pool, goals that name values of these names. */
export interface PlainTypes<
  State extends object,
  Setup extends object,
  Words extends { readonly [K in keyof Words]: readonly string[] },
  Name extends string,
> extends SiteTypes {
  readonly state: State;
  readonly setup: Setup;
  readonly draw: Drawer<Words>;
  readonly wish: Wish & { readonly [K in Name]?: string };
  readonly page: PageView;
}

/** The values of a task by name, as its wordings name them. */
export type Values = Readonly<Record<string, string>>;

/** One task's setup and values. */
export interface Scene<Setup> {
  readonly setup: Setup;
  readonly values: Values;
}

/** What a wanted end may look at. */
export interface Start<T extends SiteTypes> {
  readonly values: Values;
  readonly setup: T["setup"];
  /** The state in which the task begins. */
  readonly state: T["state"];
}

/** Tasks that differ in their values only. */
export interface Template<T extends SiteTypes> {
  readonly name: string;
  /** Fewest steps that solve it with one click, one filled field or one search a step; Enter and shortcut keys not counted. */
  readonly optimum: number;
  /** Goal texts of `train` and `eval`, taken in turns; `{sender}` stands for the value of that name. */
  readonly wordings: readonly string[];
  /** Goal texts of `paraphrase`: what other people would write. */
  readonly paraphrases: readonly string[];
  scene(draw: T["draw"]): Scene<T["setup"]>;
  /** All that the goal lets the state become. */
  wanted(start: Start<T>): Asked<T["state"]>;
}

/**
 * A family of goals, all that is known of it in one record: how goals are worded and read, the milestones on the way
 * with the steps of a solution towards each, and the end that is wanted.
 */
export interface Family<T extends SiteTypes> {
  /** Lower case, underscores; also the `kind` of a wish and the name rewards choose it by. */
  readonly name: string;
  readonly reading: Reading<T["wish"]>;
  /** In the order of the shortest way; every step of that way reaches at least one. */
  milestones(wish: T["wish"]): readonly Milestone<T["page"]>[];
  readonly templates: readonly Template<T>[];
}

/** A family whose goals are told by their tasks' ids: no words tell it. */
export type Drill<T extends SiteTypes> = Omit<Family<T>, "reading">;

/** A family as it is written; a site binds its types once: `const family = defineFamily<MailTypes>;`. */
export function defineFamily<T extends SiteTypes>(family: Family<T>): Family<T> {
  return family;
}

/** The goal text of one wording. */
export function worded(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!);
}
