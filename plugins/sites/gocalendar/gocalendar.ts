import { defineSite, drawerOf, type GoalReader, noticeBeside, patternReader, words } from "halo-agent/site";
import { type CalendarTypes, entities, unquoted } from "./families/calendar.ts";
import { deleteEvent, describe, invite, locate, rename, reschedule, searchDelete } from "./families/change.ts";
import { allDay, create, repeat, video } from "./families/create.ts";
import { colorCalendar, completeTask, createCalendar, createTask, deleteTask, hideCalendar } from "./families/lists.ts";
import { pools } from "./families/pools.ts";
import { official } from "./official/official.ts";
import { goalsOf } from "./reading/goals.ts";
import { rules } from "./rules.ts";
import { faults } from "./state/faults.ts";
import { initialState } from "./state/initial.ts";
import { clock } from "./state/time.ts";

/** In the order in which a goal is tried for them. */
const families = [
  ...[hideCalendar, colorCalendar, createCalendar, invite, completeTask, deleteTask, searchDelete, deleteEvent],
  ...[createTask, repeat, allDay, video, rename, create, locate, describe, reschedule],
];

const all = words(`
  hide_calendar color_calendar delete_event complete_task delete_task create_calendar search_delete rename_event
  set_location reschedule create_task create_event describe create_timed all_day video invite create_task_in repeat
  create_full
`);

const read = patternReader<CalendarTypes["wish"]>({ families, entities });

const readers: readonly GoalReader<CalendarTypes["wish"]>[] = [(text) => read(unquoted(text))];

/** The calendar site but for its page. */
export const gocalendar = defineSite<CalendarTypes>({
  name: "gocalendar",
  host: "gocalendar.halo.test",
  clock,
  families,
  // The first twelve take 1 to 5 steps and have one family each.
  sets: { twelve: all.slice(0, 12), all },
  drawer: (rng, pool) => drawerOf(rng, pools[pool]),
  start: initialState,
  plainSetup: {},
  rules,
  readers,
  goals: goalsOf((wish) => families.find(({ name }) => name === wish.kind)!.milestones(wish), readers),
  page: ({ elements }) => ({ elements, notice: noticeBeside(elements, "Undo") }),
  faults,
  official,
});
