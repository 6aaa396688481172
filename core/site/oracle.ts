import type { Action } from "../domain/action.ts";
import type { TaskSource } from "../domain/task.ts";
import { familyOf, type SiteDefinition } from "./definition.ts";
import type { SiteTypes } from "./family.ts";
import type { Milestone, Where } from "./milestone.ts";
import type { PageView } from "./page-view.ts";
import { readGoal } from "./wish.ts";

/**
 * The next action of a solution that sees what a user sees: from any page towards the next milestone not reached.
 * `infeasible` when the goal text asks for nothing the site's readers know.
 */
export function oracleOf<T extends SiteTypes>(site: SiteDefinition<T>): NonNullable<TaskSource["oracle"]> {
  return ({ goal, observation, depth }) => {
    const wish = readGoal(site.readers, goal.text);
    if (wish === undefined) return { action: "infeasible", text: `the goal names no task of ${site.name}` };
    const milestones = familyOf(site, wish.kind).milestones(wish);
    const at = { page: site.page(observation), depth };
    return site.stray?.({ ...at, wish, milestones }) ?? nextMilestone(milestones, at)?.towards(at) ?? finished;
  };
}

const finished: Action = { action: "done" };

/** The first milestone that does not stand, after the last end that the page says is reached. */
function nextMilestone<P extends PageView>(
  milestones: readonly Milestone<P>[],
  at: Where<P>,
): Milestone<P> | undefined {
  const { page } = at;
  const ended = milestones.findLastIndex((one) =>
    one.role === "end" && (one.stands(page) || isOver(one, milestones, at))
  );
  // What led to a control in view may itself have gone out of view.
  const opened = milestones.findLastIndex((one) => one.role === "way" && one.stands(page));
  return milestones.find((one, i) => i > ended && !(one.role === "way" && i < opened) && !one.stands(page));
}

/** True when an end of which no message tells may be reached, after as many steps as the way takes. */
function isOver<P extends PageView>(
  one: Milestone<P>,
  milestones: readonly Milestone<P>[],
  { page, depth }: Where<P>,
): boolean {
  return one.mayBeOver?.(page) === true && depth >= milestones.filter(({ role }) => role !== "ready").length;
}
