import { dayAfter, toggled } from "halo-agent/site";
import type { Event } from "./event.ts";
import { daysOfSeries, type Repeat } from "./repeat.ts";
import { suggestions } from "./people.ts";
import type { CalEvent, CalTask, EventDetails, Form, FormField } from "./state.ts";
import { dayOf, daysBetween, fullDay, hourText, later, minuteOf, minutesBetween, readDate, readHour } from "./time.ts";

const usual = {
  repeat: "none",
  calendar: "c1",
  color: "",
  availability: "busy",
  visibility: "default",
  notification: "30",
  list: "Personal",
} as const;

/** The form of something new that begins at a local time. */
export function newForm(
  o: {
    readonly kind: Form["kind"];
    readonly at: string;
    readonly minutes?: number;
    readonly allDay?: boolean;
    readonly days?: number;
  },
): Form {
  return {
    kind: o.kind,
    id: null,
    text: { title: "", day: fullDay(dayOf(o.at)), from: hourText(o.at), guest: "", location: "", description: "" },
    endDay: null,
    to: null,
    minutes: o.minutes ?? 60,
    days: o.days ?? 0,
    allDay: o.allDay ?? false,
    hasMeeting: false,
    guests: [],
    choices: usual,
    isTouched: false,
    isChecked: false,
  };
}

/** The form of an event that is there. */
export function eventForm(event: CalEvent): Form {
  const allDay = event.allDay ?? false;
  const blank = newForm({ kind: "event", at: allDay ? `${dayOf(event.start)}T09:00` : event.start, allDay });
  const { title, location = "", description = "" } = event;
  return {
    ...blank,
    id: event.id,
    text: { ...blank.text, title, location, description },
    minutes: allDay ? 60 : minutesBetween(event.start, event.end),
    days: allDay ? daysBetween(dayOf(event.start), dayOf(event.end)) : 0,
    hasMeeting: event.meeting !== undefined,
    guests: event.guests ?? [],
    choices: {
      ...usual,
      calendar: event.calendar,
      color: event.color ?? "",
      availability: event.availability ?? usual.availability,
      visibility: event.visibility ?? usual.visibility,
      notification: String(event.notification ?? usual.notification),
    },
  };
}

/** The form of a task that is there. */
export function taskForm(task: CalTask): Form {
  const allDay = task.allDay ?? false;
  const blank = newForm({ kind: "task", at: allDay ? `${dayOf(task.due)}T09:00` : task.due, allDay });
  const text = { ...blank.text, title: task.title, description: task.description ?? "" };
  return { ...blank, id: task.id, text, choices: { ...usual, list: task.list } };
}

/** What the field for the end reads. */
export function endText(form: Form): string {
  const from = readHour(form.text.from);
  return form.to ?? (from === undefined ? "" : hourText(later(`2024-07-18T${from}`, form.minutes)));
}

/** What the field for the last day reads. */
export function endDayText(form: Form): string {
  const day = readDate(form.text.day);
  return form.endDay ?? (day === undefined ? "" : fullDay(dayAfter(day, form.days)));
}

/** When it begins and ends; a task ends when it begins. Undefined while the form does not say. */
export function timeOf(form: Form): { readonly start: string; readonly end: string } | undefined {
  const [day, from] = [readDate(form.text.day), readHour(form.text.from)];
  if (day === undefined) return undefined;
  if (form.allDay) {
    const lastDay = form.kind === "task" ? day : readDate(endDayText(form));
    return lastDay === undefined ? undefined : { start: `${day}T00:00`, end: `${lastDay}T00:00` };
  }
  if (from === undefined) return undefined;
  const start = `${day}T${from}`;
  if (form.kind === "task") return { start, end: start };
  if (form.to === null) return { start, end: later(start, form.minutes) };
  const to = readHour(form.to);
  // An end at midnight is that of the next day.
  return to === undefined ? undefined : { start, end: `${to === "00:00" ? dayAfter(day, 1) : day}T${to}` };
}

/** What has to be put right before it can be saved, by field. */
export function problemsOf(form: Form): Partial<Record<FormField, string>> {
  const { text, allDay, kind } = form;
  const isDay = (typed: string): boolean => readDate(typed) !== undefined;
  const isTime = (typed: string): boolean => readHour(typed) !== undefined;
  const [dayWanted, timeWanted] = ["Write a day such as July 24", "Write a time such as 2:30 PM"];
  const time = timeOf(form);
  const isEarly = time !== undefined && kind === "event" && (allDay ? time.end < time.start : time.end <= time.start);
  return {
    ...(kind === "task" && text.title.trim() === "" && { title: "Give the task a title" }),
    ...(!isDay(text.day) && { day: dayWanted }),
    ...(!allDay && !isTime(text.from) && { from: timeWanted }),
    ...(kind === "event" &&
      (allDay
        ? {
          ...(!isDay(endDayText(form)) ? { endDay: dayWanted } : isEarly && { endDay: "This is before the first day" }),
        }
        : { ...(!isTime(endText(form)) ? { to: timeWanted } : isEarly && { to: "This is before the start" }) })),
  };
}

/** The form after something was written or chosen in it. */
export function changedForm(form: Form, event: Event): Form {
  const next = change(form, event);
  return next === form ? form : { ...next, isTouched: true };
}

function change(form: Form, event: Event): Form {
  switch (event.type) {
    case "write":
    case "pick":
      if (event.field === "to" || event.field === "endDay") return { ...form, [event.field]: event.text };
      return { ...form, text: { ...form.text, [event.field]: event.text } };
    case "choose":
      return { ...form, choices: { ...form.choices, [event.field]: event.value } };
    case "set-kind":
      return { ...form, kind: event.kind };
    case "toggle-all-day":
      return { ...form, allDay: !form.allDay };
    case "toggle-meeting":
      return { ...form, hasMeeting: !form.hasMeeting };
    case "remove-guest":
      return { ...form, guests: toggled(form.guests, event.name) };
    case "add-guest":
      return withGuest(form, event.name);
    case "commit-guest": {
      const { guest } = form.text;
      const name = suggestions(guest, form.guests)[0] ?? (/\S@\S/.test(guest) ? guest.trim() : undefined);
      return name === undefined ? form : withGuest(form, name);
    }
    default:
      return form;
  }
}

function withGuest(form: Form, name: string): Form {
  const guests = form.guests.includes(name) ? form.guests : [...form.guests, name];
  return { ...form, guests, text: { ...form.text, guest: "" } };
}

/** What the form says of an event besides its time; `meeting` where it has a video meeting. */
export function detailsOf(form: Form, meeting: string): EventDetails {
  const { text, guests, choices: { calendar, color, availability, visibility, notification } } = form;
  const [title, location, description] = [text.title.trim(), text.location.trim(), text.description.trim()];
  return {
    title: title === "" ? "(No title)" : title,
    calendar,
    ...(description !== "" && { description }),
    ...(location !== "" && { location }),
    ...(guests.length > 0 && { guests }),
    ...(form.hasMeeting && { meeting }),
    ...(color !== "" && { color }),
    ...(availability === "free" && { availability }),
    ...((visibility === "public" || visibility === "private") && { visibility }),
    ...(notification !== usual.notification && { notification: Number(notification) }),
  };
}

/** The times of an event and of its repetitions. */
export function timesOf(form: Form): readonly { readonly start: string; readonly end: string }[] {
  const time = timeOf(form)!;
  const [day, length] = [dayOf(time.start), minutesBetween(time.start, time.end)];
  return daysOfSeries(day, form.choices.repeat as Repeat).map((on) => {
    const start = later(`${on}T00:00`, minuteOf(time.start));
    return { start, end: later(start, length) };
  });
}
