import { dayAfter, patched, putBack, reducer, without } from "halo-agent/site";
import { changeCalendar, deleteCalendar, saveCalendar } from "./calendars.ts";
import type { Event } from "./event.ts";
import { changedForm, eventForm, newForm, taskForm } from "./form.ts";
import { changed, closedForm, deleteEvents, save } from "./save.ts";
import { shownDays } from "./select.ts";
import type { Form, GoCalendarState } from "./state.ts";
import { clock, dayOf, later, minutesBetween, monthAfter, today } from "./time.ts";

/** The state after an event. Pure: no time, no chance, nothing from outside. */
export const update: (state: GoCalendarState, event: Event) => GoCalendarState = reducer<GoCalendarState, Event>({
  apply,
  isTyping: ({ type }) => type === "write" || type === "search-input" || type === "write-name",
  keepsMenu: ({ type }) => type === "toggle-menu" || type === "escape" || type === "turn-mini",
});

function apply(state: GoCalendarState, event: Event): GoCalendarState {
  switch (event.type) {
    case "home":
      return shown(state, { day: today, span: "workweek" });
    case "today":
      return shown(state, { day: today, span: state.span });
    case "turn":
      return shown(state, { day: turned(state, event.by), span: state.span });
    case "show-span":
      return shown(state, { day: state.date, span: event.span });
    case "show-day":
      return shown(state, { day: event.day, span: event.span ?? state.span });
    case "turn-mini":
      return { ...state, mini: monthAfter(state.mini, event.by) };
    case "toggle-night":
      return { ...state, isNightShown: !state.isNightShown };
    case "toggle-menu":
      return { ...state, menu: state.menu === event.menu ? null : event.menu };
    case "dismiss":
    case "escape":
      return dismissed(state);
    case "search-input":
      return { ...state, searchInput: event.text };
    case "search": {
      const query = (event.query ?? state.searchInput).trim();
      return query === "" ? state : { ...left(state), searchInput: query, view: { name: "search", query } };
    }
    case "open-tasks":
      return { ...left(state), view: { name: "tasks", list: event.list } };
    case "open-details":
      return { ...closedForm(state), details: { kind: event.kind, id: event.id } };
    case "close":
      return state.question !== null
        ? { ...state, question: null }
        : { ...left(closedForm(state)), view: pageOf(state) };
    case "delete":
      return event.kind === "event" ? asked(state, event.id) : deleteTask(state, event.id);
    case "set-scope":
      return state.question?.about === "series"
        ? { ...state, question: { ...state.question, scope: event.scope } }
        : state;
    case "confirm":
      return confirmed(state);
    case "move-event":
      return moved(state, event);
    case "tick-task":
      return ticked(state, event.id);
    case "undo":
      return undone(state);
    case "close-banner":
      return state.banner ? { ...state, banner: false } : state;
    case "close-failure":
      return state.failure === "" ? state : { ...state, failure: "" };
    default:
      return written(state, event);
  }
}

/** What is written: forms of events and tasks, and calendars. */
function written(state: GoCalendarState, event: Event): GoCalendarState {
  const { form, calendarForm } = state;
  switch (event.type) {
    case "new":
      return opened(state, newForm({ ...event, at: event.at ?? nextHour(state) }), event.isPage ?? false);
    case "edit": {
      const [found, task] = [state.events, state.tasks].map((list) => list.find(({ id }) => id === event.id));
      if (event.kind === "event") return found ? opened(state, eventForm(found as never), true) : state;
      return task ? opened(state, taskForm(task as never), false) : state;
    }
    case "more-options":
      return form?.kind === "event" ? { ...state, view: { name: "form" } } : state;
    case "save":
      return save(state);
    case "invite":
      return save(state, { invites: true });
    case "toggle-calendar": {
      const isShown = state.calendars.find(({ id }) => id === event.id)?.isShown;
      return { ...state, calendars: patched(state.calendars, [event], (one) => ({ ...one, isShown: !isShown })) };
    }
    case "show-only":
      return { ...state, calendars: state.calendars.map((one) => ({ ...one, isShown: one.id === event.id })) };
    case "color-calendar":
      return changeCalendar(state, event.id, { change: { color: event.color }, message: "Calendar color changed" });
    case "delete-calendar":
      return { ...state, question: { about: "calendar", id: event.id } };
    case "open-calendar-form": {
      const { name = "", color = "Tangerine" } = state.calendars.find(({ id }) => id === event.id) ?? {};
      if (event.id !== null && name === "") return state;
      return {
        ...left(state),
        view: { name: "calendar-form" },
        calendarForm: { id: event.id, name, color, isChecked: false },
      };
    }
    case "write-name":
      return calendarForm && { ...state, calendarForm: { ...calendarForm, name: event.text } } || state;
    case "choose-color":
      return calendarForm && { ...state, calendarForm: { ...calendarForm, color: event.color } } || state;
    case "save-calendar":
      return saveCalendar(state);
    default: {
      const next = form && changedForm(form, event);
      return next === form ? state : { ...state, form: next };
    }
  }
}

/** The page without windows, forms and questions over it. */
function left(state: GoCalendarState): GoCalendarState {
  return { ...state, form: null, calendarForm: null, details: null, question: null, failure: "" };
}

/** The page that stays when a form is closed. */
function pageOf({ view }: GoCalendarState): GoCalendarState["view"] {
  return view.name === "form" || view.name === "calendar-form" ? { name: "calendar" } : view;
}

function shown(
  state: GoCalendarState,
  { day, span }: { readonly day: string; readonly span: GoCalendarState["span"] },
): GoCalendarState {
  return {
    ...left(state),
    view: { name: "calendar" },
    date: day,
    span,
    mini: `${day.slice(0, 7)}-01`,
    searchInput: "",
  };
}

function turned({ span, date }: GoCalendarState, by: 1 | -1): string {
  return span === "month" ? monthAfter(date, by) : dayAfter(date, by * (span === "day" ? 1 : 7));
}

function opened(state: GoCalendarState, form: Form, isPage: boolean): GoCalendarState {
  return { ...left(state), form, view: isPage ? { name: "form" } : pageOf(state) };
}

/** The next full hour today, or the same hour of the first day on the page where today is not among them. */
function nextHour(state: GoCalendarState): string {
  const now = clock.stampOf(state.clock);
  const hour = later(`${now.slice(0, 13)}:00`, 60);
  const days = shownDays(state);
  return state.view.name !== "calendar" || days.includes(today)
    ? hour
    : `${state.span === "month" ? state.date : days[0]}${hour.slice(10)}`;
}

/** What Escape does: the topmost of what is open goes away. */
function dismissed(state: GoCalendarState): GoCalendarState {
  if (state.menu !== null) return { ...state, menu: null };
  if (state.question !== null) return { ...state, question: null };
  const { details, form, calendarForm } = state;
  if (form !== null && form.text.guest !== "") {
    return { ...state, form: { ...form, text: { ...form.text, guest: "" } } };
  }
  if (details === null && form === null && calendarForm === null) return state;
  return { ...left(state), view: pageOf(state) };
}

/** Deletes an event; one of a series after asking which are meant. */
function asked(state: GoCalendarState, id: string): GoCalendarState {
  const event = state.events.find((one) => one.id === id);
  if (event?.series === undefined) return deleteEvents(state, id, false);
  return { ...state, question: { about: "series", id, scope: "one" } };
}

function confirmed(state: GoCalendarState): GoCalendarState {
  const { question } = state;
  if (question?.about === "series") return deleteEvents(state, question.id, question.scope === "all");
  return question?.about === "calendar" ? deleteCalendar(state, question.id) : state;
}

function deleteTask(state: GoCalendarState, id: string): GoCalendarState {
  const before = state.tasks.filter((task) => task.id === id);
  if (before.length === 0) return state;
  return changed(closedForm(state), { tasks: without(state.tasks, before) }, {
    message: "Task deleted",
    undo: { tasks: { before, remove: [] } },
  });
}

function ticked(state: GoCalendarState, id: string): GoCalendarState {
  const was = state.tasks.find((task) => task.id === id);
  if (was === undefined) return state;
  const { isDone, ...open } = was;
  const task = { ...open, ...(!isDone && { isDone: true as const }), updated: clock.stampOf(state.clock) };
  return changed(state, { tasks: patched(state.tasks, [was], () => task) }, {
    message: isDone ? "Task marked not completed" : "Task completed",
    undo: { tasks: { before: [was], remove: [] } },
  });
}

/** Moves an event to where it was dragged; its length stays. */
function moved(state: GoCalendarState, { id, to }: { readonly id: string; readonly to: string }): GoCalendarState {
  const was = state.events.find((one) => one.id === id);
  const start = was?.allDay ? `${dayOf(to)}T00:00` : to;
  if (was === undefined || was.start === start) return state;
  if (state.faults.error_editing_event) return { ...state, failure: "The event could not be saved. Try again later." };
  const event = { ...was, start, end: later(start, minutesBetween(was.start, was.end)) };
  return changed(state, { events: patched(state.events, [was], () => event) }, {
    message: "Event moved",
    undo: { events: { before: [was], remove: [] } },
  });
}

function undone(state: GoCalendarState): GoCalendarState {
  const undo = state.snackbar?.undo;
  if (!undo) return state;
  return {
    ...state,
    ...(undo.events && { events: putBack(state.events, undo.events) }),
    ...(undo.tasks && { tasks: putBack(state.tasks, undo.tasks) }),
    ...(undo.calendars && { calendars: putBack(state.calendars, undo.calendars) }),
    snackbar: null,
  };
}
