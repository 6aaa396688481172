import { courseOf, courses, type GoalWays } from "halo-agent/site";
import type { HomesPage, HomesWish } from "../families/homes-types.ts";
import type { HomesMilestone } from "../families/milestones.ts";
import { readHomesGoal } from "./read.ts";

/** How goals about homes in any wording are read and paid; `milestones` are those of the families. */
export const goalsOf = (milestones: (wish: HomesWish) => readonly HomesMilestone[]): GoalWays<HomesPage> => ({
  known: {},
  read: readHomesGoal,
  follow: (errands) => courses(errands.map(({ kind, objects }) => courseOf(milestones({ kind, ...objects })))),
  general: [],
});
