/** Public entry: what a replica site is built from. Pure functions of its state, its tasks and what its pages show. */
export { canonicalJson } from "./util/canonical-json.ts";
export { same } from "./util/same.ts";

export { siteClock } from "./site/clock.ts";
export type { ClockOptions, SiteClock } from "./site/clock.ts";
export { dayAfter, dayAndYear, dayText, hourText, momentText, monthName, readDay, readTime } from "./site/dates.ts";
export { timeText, weekdayAndDay, weekdayName, weekdayOf } from "./site/dates.ts";
export { grouped } from "./site/grouped.ts";
export { inAddress } from "./site/in-address.ts";
export { counted, patched, putBack, putFirst, toggled, without, words } from "./site/lists.ts";
export type { Item, ListUndo } from "./site/lists.ts";
export { reducer } from "./site/reducer.ts";
export type { ReducerOptions, Ticking } from "./site/reducer.ts";
export { snackbarAt } from "./site/snackbar.ts";
export type { Snackbar } from "./site/snackbar.ts";

export { exactly } from "./site/asked.ts";
export type { Asked, Collection, ItemOf, ItemsAsked, NewItem, StateRules } from "./site/asked.ts";
export { differing, problemOf } from "./site/judge.ts";
export { itemWith } from "./site/new-item.ts";
export type { BeforeAfter } from "./site/judge.ts";

export { drawerOf } from "./site/drawer.ts";
export type { Drawer, Pool } from "./site/drawer.ts";
export { defineFamily, worded } from "./site/family.ts";
export type { Drill, Family, PlainTypes, Scene, SiteTypes, Start, Template, Values } from "./site/family.ts";
export { siteTasks, taskOptions } from "./site/tasks.ts";
export type { SiteTaskOptions } from "./site/tasks.ts";

export { readGoal } from "./site/wish.ts";
export type { GoalReader, Wish } from "./site/wish.ts";
export { commandsOf, strangeRequest } from "./site/reading/commands.ts";
export type { Command, Commands } from "./site/reading/commands.ts";
export type { Errand, FreeReader, FreeReading, Objects, Quantity, ReadErrand } from "./site/reading/errand.ts";
export { frameReader, quotedBy, spelledAs } from "./site/reading/frames.ts";
export type { Frame, FrameRules, Step } from "./site/reading/frames.ts";
export { namedBy, nameFinder } from "./site/reading/names.ts";
export type { NameFinder, Names } from "./site/reading/names.ts";
export { unitsOf } from "./site/reading/units.ts";
export { otherVerb, unsets } from "./site/reading/verbs.ts";
export type { Unit } from "./site/reading/units.ts";
export { numberWords } from "./site/reading/numbers.ts";
export { daysOf } from "./site/reading/days.ts";
export type { Days } from "./site/reading/days.ts";
export { courseOf, courses, followBy } from "./site/course.ts";
export type { Course, FollowRules, GoalWays, KnownGoal, Reached } from "./site/course.ts";
export { planOf } from "./site/goal-plan.ts";
export type { GoalPlan, PlanLayer } from "./site/goal-plan.ts";
export { phraseAt, phrasesAfter, spelledIn } from "./site/reading/phrases.ts";
export type { Phrase, PhraseRules } from "./site/reading/phrases.ts";
export { indexAt, spelled, tell, toldOf } from "./site/reading/told.ts";
export type { Token, Told, Vocabulary } from "./site/reading/told.ts";
export { namesIn, patternReader } from "./site/pattern-reader.ts";
export type { PatternOptions, Reading, WishKey } from "./site/pattern-reader.ts";

export { button, fill, find, isControl, lookFurther, noticeBeside, press, says, textbox } from "./site/page-view.ts";
export type { Control, Look, PageView } from "./site/page-view.ts";
export { inTurn, reachedBy } from "./site/milestone.ts";
export type { Milestone, MilestoneRole, Where } from "./site/milestone.ts";
export { chosen, done, ready, shown, sight, ticked, written } from "./site/sights.ts";
export type { Sight } from "./site/sights.ts";
export { milestoneReward, rewardOptions } from "./site/reward.ts";
export type { MilestoneRewardOptions } from "./site/reward.ts";
export { oracleOf } from "./site/oracle.ts";

export { configured, switchesOff } from "./site/faults.ts";
export type { SiteFaults } from "./site/faults.ts";
export { differencesById } from "./site/differences.ts";
export type { Differences } from "./site/differences.ts";
export { addedSlices, configOf, deepDiff, defaultConfig, finishReport, judgeStrictly } from "./site/official.ts";
export type { Finished, Official, OfficialConfig, StateDiff } from "./site/official.ts";
export { acted, partActs, withActs } from "./site/acts.ts";
export type { Act, WithActs } from "./site/acts.ts";
export { scriptedWorks } from "./site/scripted.ts";
export type { Scripted, ScriptedSite, Wrong } from "./site/scripted.ts";
export { defineSite, drillsOf, familyOf, templatesOf } from "./site/definition.ts";
export type { SiteDefinition, SiteParts, Stray } from "./site/definition.ts";
export { judgeTask, realId, siteOf } from "./site/site.ts";
