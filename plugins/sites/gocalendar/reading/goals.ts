import { courseOf, courses, type GoalWays, type Milestone, type PageView } from "halo-agent/site";
import type { CalendarTypes } from "../families/calendar.ts";
import { readCalendarGoal } from "./read.ts";

/** How calendar goals in any wording are read and paid; `milestones` are those of the families. */
export const goalsOf = (
  milestones: (wish: CalendarTypes["wish"]) => readonly Milestone[],
): GoalWays<PageView> => ({
  known: {},
  read: readCalendarGoal,
  follow: (errands) => courses(errands.map(({ kind, objects }) => courseOf(milestones({ kind, ...objects })))),
  general: [],
});
