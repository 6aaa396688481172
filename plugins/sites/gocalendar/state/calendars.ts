import { patched } from "halo-agent/site";
import { changed } from "./save.ts";
import type { Calendar, GoCalendarState } from "./state.ts";

/** Changes a calendar and says so; the same state when there is none. */
export function changeCalendar(
  state: GoCalendarState,
  id: string,
  { change, message }: { readonly change: Partial<Calendar>; readonly message: string },
): GoCalendarState {
  const was = state.calendars.find((one) => one.id === id);
  if (was === undefined) return state;
  const calendars = patched(state.calendars, [was], (one) => ({ ...one, ...change }));
  return changed(state, { calendars }, { message, undo: { calendars: { before: [was], remove: [] } } });
}

/** Saves the page of a new or changed calendar, or says what is wrong with it. */
export function saveCalendar(state: GoCalendarState): GoCalendarState {
  const { calendarForm, faults } = state;
  if (calendarForm === null) return state;
  const { id, color, isChecked } = calendarForm;
  const name = calendarForm.name.trim();
  if (calendarProblem(state) !== "") {
    return isChecked ? state : { ...state, calendarForm: { ...calendarForm, isChecked: true } };
  }
  if (id === null ? faults.error_saving_calendar : faults.error_editing_calendar) {
    return { ...state, failure: "The calendar could not be saved. Try again later." };
  }
  const closed: GoCalendarState = { ...state, calendarForm: null, view: { name: "calendar" } };
  if (id !== null) return changeCalendar(closed, id, { change: { name, color }, message: "Calendar saved" });
  const calendar = { id: `c${1000 + state.nextId}`, name, color, isShown: true };
  return changed({ ...closed, nextId: state.nextId + 1 }, { calendars: [...state.calendars, calendar] }, {
    message: "Calendar created",
    undo: { calendars: { before: [], remove: [calendar.id] } },
  });
}

/** What is wrong with the name of the open calendar page, "" when nothing is. */
export function calendarProblem({ calendarForm, calendars }: GoCalendarState): string {
  const name = calendarForm?.name.trim().toLowerCase() ?? "";
  if (name === "") return "Give the calendar a name";
  const isTaken = calendars.some((one) => one.id !== calendarForm?.id && one.name.toLowerCase() === name);
  return isTaken ? "There is a calendar of this name already" : "";
}

/** Takes a calendar and its events away. */
export function deleteCalendar(state: GoCalendarState, id: string): GoCalendarState {
  const calendar = state.calendars.find((one) => one.id === id);
  if (calendar === undefined) return state;
  const before = state.events.filter((event) => event.calendar === id);
  const closed: GoCalendarState = { ...state, calendarForm: null, view: { name: "calendar" } };
  return changed(closed, {
    calendars: state.calendars.filter((one) => one.id !== id),
    events: state.events.filter((event) => event.calendar !== id),
  }, {
    message: "Calendar deleted",
    undo: { calendars: { before: [calendar], remove: [] }, events: { before, remove: [] } },
  });
}
