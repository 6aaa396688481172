import { calendars, seedEvents, seedTasks } from "./seed.ts";
import type { Faults, GoCalendarState, Setup } from "./state.ts";
import { today } from "./time.ts";

/** Nothing fails. */
export const noFaults: Faults = {
  error_saving_event: false,
  error_editing_event: false,
  error_saving_calendar: false,
  error_editing_calendar: false,
};

/** The state in which a page with this setup opens. Pure. */
export function initialState(setup: Setup): GoCalendarState {
  const [events, tasks] = [seedEvents, seedTasks()];
  const added = { created: "2024-07-12T09:00", updated: "2024-07-12T09:00", allDay: true } as const;
  return {
    events: [...events, ...(setup.events ?? []).map((one, i) => ({ id: `e${events.length + 1 + i}`, ...one }))],
    tasks: [...tasks, ...(setup.tasks ?? []).map((one, i) => ({ id: `t${tasks.length + 1 + i}`, ...one, ...added }))],
    calendars: [
      ...calendars,
      ...(setup.calendars ?? []).map((name, i) => ({
        id: `c${4 + i}`,
        name,
        color: calendars[i % 3]!.color,
        isShown: true,
      })),
    ],
    nextId: 1,
    view: { name: "calendar" },
    span: "workweek",
    date: today,
    mini: `${today.slice(0, 7)}-01`,
    isNightShown: false,
    searchInput: "",
    form: null,
    calendarForm: null,
    details: null,
    question: null,
    menu: null,
    snackbar: null,
    clock: 0,
    banner: false,
    failure: "",
    faults: noFaults,
  };
}
