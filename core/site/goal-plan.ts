import type { Goal } from "../domain/task.ts";
import { type Course, courseOf } from "./course.ts";
import { drillWish } from "./drills.ts";
import { familyOf, type SiteDefinition } from "./definition.ts";
import type { SiteTypes } from "./family.ts";
import type { PageView } from "./page-view.ts";
import type { Errand, FreeReading, Objects, Unread } from "./reading/errand.ts";
import { readGoal, type Wish } from "./wish.ts";
import { wordingDoubt } from "./wording-doubt.ts";
import { wordingPattern } from "./wording-pattern.ts";

/** How a goal was understood, the surest way first: by its task's id, as a family words it, by free reading, not at all. */
export type PlanLayer = "task" | "family" | "reading" | "general";

/** What pays for a goal, and why. */
export interface GoalPlan<P extends PageView = PageView> {
  readonly layer: PlanLayer;
  /** What it asks for, in order; empty where nothing was understood. */
  readonly errands: readonly Errand[];
  /** Words that decided, by errand, or why nothing was understood. */
  readonly because: readonly string[];
  readonly course: Course<P>;
}

/**
 * What pays for a goal. The id of a REAL task is part of the task and set by its source, never by a page or an agent:
 * a goal's id begins with it.
 */
export function planOf<T extends SiteTypes>(
  site: SiteDefinition<T>,
  { id, text }: Pick<Goal, "id" | "text">,
): GoalPlan<T["page"]> | undefined {
  const { goals } = site;
  const task = benchmarkId(id);
  const known = task === undefined ? undefined : goals?.known[task];
  if (known !== undefined) {
    return { layer: "task", errands: known.errands, because: [`the task ${task}`], course: known.course() };
  }
  const drill = drillWish(site, { id, text });
  const wish = drill ?? readGoal(site.readers, text);
  const byFamily = (): GoalPlan<T["page"]> => {
    const { kind, ...values } = wish!;
    const course = courseOf(familyOf(site, kind).milestones(wish!));
    return {
      layer: "family",
      errands: [{ kind, objects: valuesOf(values) }],
      because: [wordsOf(values)],
      course,
    };
  };
  if (drill !== undefined) return byFamily();
  if (wish !== undefined && isOwnWording(site, wish, text)) return byFamily();
  if (goals === undefined) {
    const doubt = wish && wordingDoubt(text);
    if (doubt === undefined) return wish && byFamily();
    return { layer: "general", errands: [], because: [doubt], course: courseOf([]) };
  }
  const read = tooLong(text) ?? goals.read(text);
  if (wish !== undefined && agrees(wish, read)) return byFamily();
  if ("errands" in read) {
    const because = read.errands.map(({ decided }) => decided);
    return { layer: "reading", errands: read.errands, because, course: goals.follow(read.errands) };
  }
  return { layer: "general", errands: [], because: [read.unread], course: courseOf(goals.general) };
}

/** Characters of a goal beside its quoted texts that free reading takes; its time grows with the square of them. */
const longest = 3000;

function tooLong(text: string): Unread | undefined {
  const { length } = text.replace(/"[^"]*"|“[^”]*”/g, "");
  return length <= longest ? undefined : { unread: `${length} characters beside quoted texts, ${longest} are read` };
}

/** Id of the REAL task that a goal stands for, "v2.gomail-1"; undefined for others. */
function benchmarkId(goalId: string): string | undefined {
  return /^(v\d\.[a-z-]+-\d+)(?=~|\/|$)/.exec(goalId)?.[1];
}

/** A wish's values under the names that errands have for them. */
function valuesOf(values: object): Objects {
  const { sender, second, third, subject, label, address, other, copy, ...rest } = values as Readonly<
    Record<string, string>
  >;
  const listed = (names: readonly (string | undefined)[]): readonly string[] =>
    names.filter((one) => one !== undefined);
  const lists = {
    senders: listed([sender, second, third]),
    subjects: listed([subject]),
    labels: listed([label]),
    addresses: listed([address, other]),
    cc: listed([copy]),
  };
  return { ...Object.fromEntries(Object.entries(lists).filter(([, all]) => all.length > 0)), ...rest };
}

const wordsOf = (values: object): string =>
  Object.entries(values).map(([name, value]) => `${name} "${value}"`).join(", ");

/** True when free reading finds the same one errand with the same values, for one thing: then the family pays as well. */
function agrees({ kind, ...values }: Wish, read: FreeReading): boolean {
  if (!("errands" in read) || read.errands.length !== 1 || read.errands[0].kind !== kind) return false;
  const { quantity = "one", except, date, state, order, folder: _, ...objects } = read.errands[0].objects;
  if (quantity !== "one" || [except, date, state, order].some((one) => one !== undefined)) return false;
  const { title, ...others } = objects;
  // A mail to write has its subject where a mail that is there has one.
  return plain(valuesOf(values)) === plain({ ...others, ...(title !== undefined && { subjects: [title] }) });
}

const plain = (objects: Objects): string =>
  Object.entries(objects).map(([name, value]) => `${name} ${[value].flat().join(", ").toLowerCase()}`).sort().join(
    "\n",
  );

/** True when a goal is worded as one of the families words it. A value that was read stands for one of any words. */
function isOwnWording<T extends SiteTypes>(site: SiteDefinition<T>, { kind: _, ...read }: Wish, text: string): boolean {
  let known = wordings.get(site);
  if (known === undefined) wordings.set(site, known = wordingsOf(site));
  const values = Object.values(read as Readonly<Record<string, string>>).toSorted((a, b) => b.length - a.length);
  const worded = values.reduce((rest, one) => one === "" ? rest : rest.replaceAll(one, "X"), text);
  return known.some((one) => one.test(worded));
}

const wordings = new WeakMap<object, readonly RegExp[]>();
/** What may stand for a value without quotes: an address, or words that begin with a capital or a digit. */
const value = '(?:[^\\s"<>,;:]+@[\\w.-]*\\w|[\\p{Lu}\\d][^\\s",;]*(?: [\\p{Lu}\\d][^\\s",;]*)*)';

function wordingsOf<T extends SiteTypes>({ families }: SiteDefinition<T>): readonly RegExp[] {
  const texts = families.flatMap(({ templates }) => templates.flatMap((one) => [...one.wordings, ...one.paraphrases]));
  return texts.map((text) => wordingPattern(text, (_, isQuoted) => isQuoted ? '[^"]*' : value));
}
