import {
  type Asked,
  defineFamily,
  type Drawer,
  type NewItem,
  type PlainTypes,
  type Scene,
  type Start,
} from "halo-agent/site";
import type { CalEvent, GoCalendarState, Setup } from "../state/state.ts";
import { dayOf, later, minutesBetween, readDate, readHour } from "../state/time.ts";
import type { Words } from "./pools.ts";

/** The values that goals name. */
export type Name =
  | "title"
  | "other"
  | "day"
  | "time"
  | "end"
  | "place"
  | "note"
  | "calendar"
  | "color"
  | "list"
  | "repeat"
  | "person";

/** What the families of the calendar speak of. */
export type CalendarTypes = PlainTypes<GoCalendarState, Setup, Words, Name>;
export type CalendarDrawer = Drawer<Words>;
export type CalendarScene = Scene<Setup>;
export type CalendarStart = Start<CalendarTypes>;
export type CalendarAsked = Asked<GoCalendarState>;
export type Values = CalendarScene["values"];

/** A family of calendar goals. */
export const family = defineFamily<CalendarTypes>;

const daysIn = /\b(?:July|August|September) \d{1,2}\b/;
const timesIn = /\b\d{1,2}:\d\d [AP]M\b/g;

/** Days and times stand with or without quotation marks. */
export const unquoted = (text: string): string =>
  text.replace(/"((?:July|August|September) \d{1,2}|\d{1,2}:\d\d [AP]M)"/g, "$1");

/** The day and the times that a goal names. */
export function entities(masked: string): { readonly [K in "day" | "time" | "end"]: string | undefined } {
  const day = daysIn.exec(masked)?.[0];
  const [time, end] = [...masked.matchAll(timesIn)].map(([text]) => text);
  return { day, time, end };
}

export const titleFrom = (draw: CalendarDrawer): string => `${draw.unused("topics")} ${draw.unused("things")}`;

/** Free hours of the week that pages open with. */
const slots = ["13:00", "14:30", "16:00"];

/** An event in a free hour of the week on screen. */
function eventIn(draw: CalendarDrawer, title: string): Omit<CalEvent, "id"> {
  const slot = draw.place("slot", 0, 14);
  const start = `2024-07-${15 + slot % 5}T${slots[Math.floor(slot / 5)]}`;
  return { title, start, end: later(start, 60), calendar: `c${1 + draw.rng.int(3)}` };
}

/** The meant event and two others in view. */
export function oneEvent(draw: CalendarDrawer, values: Values = {}): CalendarScene {
  const title = titleFrom(draw);
  const events = [title, titleFrom(draw), titleFrom(draw)].map((one) => eventIn(draw, one));
  return { setup: { events }, values: { title, ...values } };
}

/** A calendar in which nothing is meant, with two events more. */
export function plainScene(draw: CalendarDrawer, values: Values): CalendarScene {
  return { setup: { events: [titleFrom(draw), titleFrom(draw)].map((one) => eventIn(draw, one)) }, values };
}

/** The event that a task is about. */
export function meantEvent({ state, values }: CalendarStart): CalEvent {
  return state.events.find(({ title }) => title === values["title"])!;
}

/** Asks that the meant event gets these fields. */
export function changesEvent(start: CalendarStart, done: string, change: Partial<CalEvent>): CalendarAsked {
  return { done, items: { events: { change: { [meantEvent(start).id]: change } } } };
}

/** When the values of a task say that something begins, as a local time; "" where they do not. */
function startIn({ day, time }: Values): { readonly day: string; readonly time: string } {
  return { day: day === undefined ? "" : readDate(day)!, time: time === undefined ? "" : readHour(time)! };
}

/** A new event with these fields; of its day and time what the goal names, and nothing else said of it. */
export function newEvent(values: Values, fields: Partial<CalEvent> = {}): NewItem<CalEvent> {
  const { day, time } = startIn(values);
  const end = values["end"] === undefined ? undefined : readHour(values["end"]);
  return {
    among: () => true,
    none: "no event was added",
    problem(event) {
      const { id: _, start, end: ends, ...rest } = event;
      const wanted = {
        title: values["title"]!,
        calendar: "c1",
        ...(values["place"] && { location: values["place"] }),
        ...fields,
      };
      if (rest.title !== wanted.title) return `an event "${rest.title}" was added instead`;
      if (day !== "" && dayOf(start) !== day) return `the event is on ${dayOf(start)}`;
      if (time !== "" && !start.endsWith(time)) return `the event begins at ${start.slice(-5)}`;
      const length = end === undefined ? 60 : minutesBetween(start, `${dayOf(start)}T${end}`);
      if (!event.allDay && minutesBetween(start, ends) !== length) return "the event ends at another time";
      if (event.allDay && start !== ends) return "the event takes several days";
      const free: Partial<CalEvent> = wanted.meeting === "" && event.meeting ? { meeting: event.meeting } : {};
      const expected = { ...wanted, ...free };
      const keys = [...new Set([...Object.keys(rest), ...Object.keys(expected)])] as (keyof typeof rest)[];
      const wrong = keys.filter((key) => JSON.stringify(rest[key]) !== JSON.stringify((expected as typeof rest)[key]));
      return wrong.length === 0 ? "" : `the event has another ${wrong.join(", ")}`;
    },
  };
}
