import type { Action } from "../domain/action.ts";
import type { Look, PageView } from "./page-view.ts";

/**
 * What a milestone is for, which decides what must still stand for another one to count:
 * `free` counts by itself · `way` opens what comes next · `hand` takes what the goal means, and must stand for all that
 * comes later · `content` is written or chosen, and must stand at the next end · `ready` and `end` end it: everything
 * written since the end before must stand.
 */
export type MilestoneRole = "free" | "way" | "hand" | "content" | "ready" | "end";

/** A point on the shortest way to what a goal asks for, as pages show it; worth paying for once. */
export interface Milestone<P extends PageView = PageView> {
  /** Name and value of the reward term. */
  readonly name: string;
  readonly value: number;
  readonly role: MilestoneRole;
  /** True when a page shows it as reached, whoever reached it. */
  stands(page: P): boolean;
  /** What shows that a step reached it, else false; what must stand besides is checked by its role. */
  reached(look: Look<P>): string | false;
  /** The next action of a solution towards it. */
  towards(at: Where<P>): Action;
  /** For an end that no message tells of: whether the page could be the one after it. */
  mayBeOver?(page: P): boolean;
}

/** Where a solution stands. */
export interface Where<P extends PageView = PageView> {
  readonly page: P;
  /** Steps done so far. */
  readonly depth: number;
}

/** What shows that a step reached the `i`-th milestone with all in place that its role asks for, else false. */
export function reachedBy<P extends PageView>(
  milestones: readonly Milestone<P>[],
  i: number,
  look: Look<P>,
): string | false {
  const milestone = milestones[i]!;
  // An end takes what it ends out of view, so that the page before it counts.
  const page = milestone.role === "end" ? look.from : look.to;
  return neededFor(milestones, i).every((one) => one.stands(page)) && milestone.reached(look);
}

/** Several ways one after the other or in any order: each asks for what stands in itself alone. Names are told apart by number. */
export function inTurn<P extends PageView>(...ways: readonly (readonly Milestone<P>[])[]): readonly Milestone<P>[] {
  return ways.flatMap((way, n) =>
    way.map((one, i): Milestone<P> => ({
      ...one,
      name: n === 0 ? one.name : `${one.name}_${n + 1}`,
      role: "free",
      reached: (look) => reachedBy(way, i, look),
    }))
  );
}

/** The earlier milestones that must still stand for the `i`-th to count. */
function neededFor<P extends PageView>(milestones: readonly Milestone<P>[], i: number): readonly Milestone<P>[] {
  const { role } = milestones[i]!;
  if (role === "free") return [];
  const earlier = milestones.slice(0, i);
  const hands = earlier.filter((one) => one.role === "hand");
  if (role !== "ready" && role !== "end") return hands;
  const since = earlier.slice(earlier.findLastIndex((one) => one.role === "end") + 1);
  return [...hands, ...since.filter((one) => one.role === "content" || one.role === "ready")];
}
