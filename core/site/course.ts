import { type Milestone, reachedBy } from "./milestone.ts";
import type { Look, PageView } from "./page-view.ts";
import type { Errand, FreeReader } from "./reading/errand.ts";
import type { Wish } from "./wish.ts";

/** A milestone that a step reached, paid before or not. */
export interface Reached {
  readonly name: string;
  readonly value: number;
  readonly evidence: string;
}

/** What pays for a goal over an episode, with a memory of what its pages have shown. Immutable: forks share nothing. */
export interface Course<P extends PageView = PageView> {
  /** Names and values of all that it can pay, in the order of the shortest way. */
  readonly milestones: readonly Pick<Reached, "name" | "value">[];
  next(look: Look<P>): { readonly course: Course<P>; readonly reached: readonly Reached[] };
}

/** A goal whose words need no reading, because the task is known. */
export interface KnownGoal<P extends PageView = PageView> {
  readonly errands: readonly Errand[];
  course(): Course<P>;
}

/** How a site reads goals in any wording and pays for them. */
export interface GoalWays<P extends PageView = PageView> {
  /** What the tasks of the REAL benchmark ask for, by task id. */
  readonly known: Readonly<Record<string, KnownGoal<P>>>;
  readonly read: FreeReader;
  /** What pays for errands; nothing for one of which no page can show what is meant. */
  follow(errands: readonly Errand[]): Course<P>;
  /** Other names for kinds, as lists of goals may have them. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** What pays where a goal is not understood: the way that most goals of the site have in common. */
  readonly general: readonly Milestone<P>[];
}

/** A course of milestones that need no memory. */
export function courseOf<P extends PageView>(milestones: readonly Milestone<P>[]): Course<P> {
  const course: Course<P> = {
    milestones,
    next: (look) => ({
      course,
      reached: milestones.flatMap(({ name, value }, i) => {
        const evidence = reachedBy(milestones, i, look);
        return evidence === false ? [] : [{ name, value, evidence }];
      }),
    }),
  };
  return course;
}

/** How errands of a site are paid by the milestones of its families. */
export interface FollowRules<W, P extends PageView> {
  milestones(wish: W): readonly Milestone<P>[];
  /** Values without which an errand of a kind is not known well enough: only what lies on the way to it is paid then. */
  readonly needs: Readonly<Record<string, readonly string[]>>;
  /** The wish with its names as the pages of a step show them; those that none shows stay as they were said. Pure. */
  bound(wish: W, look: Look<P>): W;
}

/** What pays for a site's errands: the milestones of their families, with names as pages show them. */
export function followBy<W extends Wish, P extends PageView>(rules: FollowRules<W, P>): GoalWays<P>["follow"] {
  return (errands) =>
    courses(errands.map(({ kind, objects }) => {
      const said = { kind, ...objects } as unknown as W;
      const lacks = (rules.needs[kind] ?? []).some((name) =>
        (objects as Readonly<Record<string, unknown>>)[name] === undefined
      );
      const payable = (wish: W): readonly Milestone<P>[] =>
        rules.milestones(wish).filter(({ role }) => !lacks || role === "way");
      const course: Course<P> = {
        milestones: payable(said),
        next: (look) => ({ course, reached: courseOf(payable(rules.bound(said, look))).next(look).reached }),
      };
      return course;
    }));
}

/** Several courses at once; a name that stands twice gets its number: `deleted`, `deleted_2`. */
export function courses<P extends PageView>(parts: readonly Course<P>[]): Course<P> {
  const earlier = parts.map((part, i) => parts.slice(0, i).filter((other) => sharesName(other, part)).length);
  const named = (name: string, i: number): string => earlier[i] === 0 ? name : `${name}_${earlier[i]! + 1}`;
  const milestones = parts.flatMap((part, i) =>
    part.milestones.map(({ name, value }) => ({ name: named(name, i), value }))
  );
  const at = (now: readonly Course<P>[]): Course<P> => ({
    milestones,
    next(look) {
      const nexts = now.map((part) => part.next(look));
      const reached = nexts.flatMap((next, i) => next.reached.map((one) => ({ ...one, name: named(one.name, i) })));
      return { course: at(nexts.map(({ course }) => course)), reached };
    },
  });
  return at(parts);
}

function sharesName(a: Course<never> | Course, b: Course<never> | Course): boolean {
  return a.milestones.some(({ name }) => b.milestones.some((other) => other.name === name));
}
