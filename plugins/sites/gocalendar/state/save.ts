import { snackbarAt } from "halo-agent/site";
import { detailsOf, problemsOf, timeOf, timesOf } from "./form.ts";
import type { CalEvent, CalTask, Form, GoCalendarState, Undo } from "./state.ts";
import { clock } from "./time.ts";

/** Changes lists, says so, and goes back to the calendar where a page was open. */
export function changed(
  state: GoCalendarState,
  lists: Partial<Pick<GoCalendarState, "events" | "tasks" | "calendars">>,
  { message, undo }: { readonly message: string; readonly undo: Undo },
): GoCalendarState {
  return {
    ...state,
    ...lists,
    details: null,
    question: null,
    failure: "",
    snackbar: snackbarAt(state.clock, message, undo),
  };
}

/** Saves what the open form says, or says what is wrong with it. */
export function save(state: GoCalendarState, o: { readonly invites?: boolean } = {}): GoCalendarState {
  const { form, faults } = state;
  if (form === null) return state;
  if (Object.keys(problemsOf(form)).length > 0) {
    return form.isChecked ? state : { ...state, form: { ...form, isChecked: true } };
  }
  if (form.kind === "task") return saveTask(state, form);
  if (form.id === null ? faults.error_saving_event : faults.error_editing_event) {
    return { ...state, question: null, failure: "The event could not be saved. Try again later." };
  }
  const was = state.events.find(({ id }) => id === form.id);
  const isNewGuest = form.guests.some((name) => !(was?.guests ?? []).includes(name));
  if (isNewGuest && state.question === null) return { ...state, question: { about: "invite" } };
  const details = {
    ...detailsOf(form, was?.meeting ?? meetingOf(state.nextId)),
    ...(o.invites && { isSent: true as const }),
  };
  const isSent = was?.isSent && form.guests.length > 0 && { isSent: true as const };
  const time = timesOf(form);
  const [firstId, ...ids] = [
    was?.id ?? `e${1000 + state.nextId}`,
    ...time.slice(1).map((_, i) => `e${1001 + state.nextId + i}`),
  ];
  const series = was?.series ?? (time.length > 1 ? firstId : undefined);
  const events = time.map((when, i): CalEvent => ({
    id: i === 0 ? firstId : ids[i - 1]!,
    ...when,
    ...isSent,
    ...details,
    ...(form.allDay && { allDay: true }),
    ...(series !== undefined && { series }),
  }));
  const made = events.slice(was === undefined ? 0 : 1);
  return changed(
    { ...closedForm(state), nextId: state.nextId + made.length },
    { events: [...state.events.map((one) => one.id === was?.id ? events[0]! : one), ...made] },
    {
      message: `Event saved${o.invites ? ", invitations sent" : ""}`,
      undo: { events: { before: was ? [was] : [], remove: made.map(({ id }) => id) } },
    },
  );
}

function saveTask(state: GoCalendarState, form: Form): GoCalendarState {
  const was = state.tasks.find(({ id }) => id === form.id);
  const now = clock.stampOf(state.clock);
  const description = form.text.description.trim();
  const task: CalTask = {
    id: was?.id ?? `t${1000 + state.nextId}`,
    title: form.text.title.trim(),
    ...(description !== "" && { description }),
    due: timeOf(form)!.start,
    ...(form.allDay && { allDay: true }),
    list: form.choices.list,
    ...(was?.isDone && { isDone: true }),
    created: was?.created ?? now,
    updated: now,
  };
  const tasks = was ? state.tasks.map((one) => one.id === was.id ? task : one) : [...state.tasks, task];
  return changed({ ...closedForm(state), nextId: state.nextId + 1 }, { tasks }, {
    message: "Task saved",
    undo: { tasks: { before: was ? [was] : [], remove: was ? [] : [task.id] } },
  });
}

/** The state without its form. */
export function closedForm(state: GoCalendarState): GoCalendarState {
  const isPage = state.view.name === "form";
  return { ...state, form: null, question: null, ...(isPage && { view: { name: "calendar" } as const }) };
}

/** Letters of a meeting's address, the same for the same number. */
function meetingOf(n: number): string {
  const letter = (i: number): string => String.fromCharCode(97 + (n * (7 + 2 * i) + 5 * i) % 26);
  const run = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, i) => letter(from + i)).join("");
  return `${run(0, 3)}-${run(3, 7)}-${run(7, 10)}`;
}

/** Takes an event and, where all of its series is meant, the others of it off the calendar. */
export function deleteEvents(state: GoCalendarState, id: string, isAll: boolean): GoCalendarState {
  const event = state.events.find((one) => one.id === id);
  if (event === undefined) return state;
  const isGone = (one: CalEvent): boolean => one.id === id || (isAll && one.series === event.series);
  const before = state.events.filter(isGone);
  return changed(closedForm(state), { events: state.events.filter((one) => !isGone(one)) }, {
    message: before.length === 1 ? "Event deleted" : `${before.length} events deleted`,
    undo: { events: { before, remove: [] } },
  });
}
