import { dayAfter, monthName } from "halo-agent/site";
import type { Calendar, CalEvent, CalTask, GoCalendarState, Span } from "./state.ts";
import { dayOf, later, minuteOf, minutesBetween, weekStart } from "./time.ts";

/** The spans with their names in the menu. */
export const spans: readonly (readonly [span: Span, name: string])[] = [
  ["day", "Day"],
  ["workweek", "5 days"],
  ["week", "Week"],
  ["month", "Month"],
];

/** The days on the page. */
export function shownDays({ span, date }: Pick<GoCalendarState, "span" | "date">): readonly string[] {
  if (span === "day") return [date];
  const from = (first: string, n: number): string[] => Array.from({ length: n }, (_, i) => dayAfter(first, i));
  if (span === "workweek") return from(dayAfter(weekStart(date), 1), 5);
  if (span === "week") return from(weekStart(date), 7);
  return monthDays(`${date.slice(0, 7)}-01`);
}

/** Whole weeks that hold a month. */
export function monthDays(first: string): readonly string[] {
  const days: string[] = [];
  for (
    let day = weekStart(first);
    day.slice(0, 7) <= first.slice(0, 7) || days.length % 7 > 0;
    day = dayAfter(day, 1)
  ) {
    days.push(day);
  }
  return days;
}

/** "July 2024", or the months of a week that lies in two. */
export function titleOf(state: Pick<GoCalendarState, "span" | "date">): string {
  const days = state.span === "month" ? [state.date] : shownDays(state);
  const [first, last] = [days[0]!, days.at(-1)!];
  const months = [...new Set([monthName(first), monthName(last)])];
  return `${months.map((name) => months.length > 1 ? name.slice(0, 3) : name).join(" – ")} ${last.slice(0, 4)}`;
}

export function calendarOf(state: Pick<GoCalendarState, "calendars">, id: string): Calendar | undefined {
  return state.calendars.find((one) => one.id === id);
}

const byStart = (a: CalEvent, b: CalEvent): number =>
  a.start === b.start ? (a.end < b.end ? 1 : a.end > b.end ? -1 : 0) : a.start < b.start ? -1 : 1;

/** Events of shown calendars that take place on a day, those of whole days first. */
export function eventsOn(state: GoCalendarState, day: string): readonly CalEvent[] {
  const shown = new Set(state.calendars.filter((one) => one.isShown).map(({ id }) => id));
  // Local times compare as texts; most events are told apart by that.
  const near = state.events.filter(({ start, end, calendar }) =>
    dayOf(start) <= day && end >= day && shown.has(calendar)
  );
  const found = near.filter(({ allDay, end }) => allDay || dayOf(later(end, -1)) >= day);
  return [...found.filter(({ allDay }) => allDay), ...found.filter(({ allDay }) => !allDay).sort(byStart)];
}

export function tasksOn(state: GoCalendarState, day: string): readonly CalTask[] {
  return state.tasks.filter((task) => dayOf(task.due) === day);
}

/** A block of the hour grid: minutes of the day, and which of several columns it takes. */
export interface Block<T> {
  readonly item: T;
  readonly from: number;
  readonly to: number;
  readonly column: number;
  readonly columns: number;
}

/** Lays things out side by side where they overlap; `spanOf` gives minutes of the day. */
export function blocksOf<T>(items: readonly T[], spanOf: (item: T) => readonly [number, number]): readonly Block<T>[] {
  const sorted = items.map((item) => ({ item, span: spanOf(item) })).sort((a, b) => a.span[0] - b.span[0]);
  const done: Block<T>[] = [];
  let open: Omit<Block<T>, "columns">[] = [];
  const close = (): void => {
    const columns = Math.max(0, ...open.map(({ column }) => column)) + 1;
    done.push(...open.map((one) => ({ ...one, columns })));
    open = [];
  };
  for (const { item, span: [from, to] } of sorted) {
    if (open.every((one) => one.to <= from)) close();
    const taken = new Set(open.filter((one) => one.to > from).map(({ column }) => column));
    let column = 0;
    while (taken.has(column)) column++;
    open.push({ item, from, to, column });
  }
  close();
  return done;
}

/** The part of an event that lies on a day, in minutes of that day; at least a quarter of an hour. */
export function minutesOn(event: CalEvent, day: string): readonly [number, number] {
  const from = dayOf(event.start) < day ? 0 : minuteOf(event.start);
  const to = minutesBetween(`${day}T00:00`, event.end);
  return [Math.min(from, 1425), Math.min(1440, Math.max(from + 15, to))];
}

/** Hours before this one are folded away unless something takes place in them. */
export const morning = 7;

/** The first hour that the page shows. */
export function firstHour(state: GoCalendarState): 0 | 7 {
  const isEarly = shownDays(state).some((day) =>
    eventsOn(state, day).some((event) => !event.allDay && minutesOn(event, day)[0] < morning * 60) ||
    tasksOn(state, day).some((task) => !task.allDay && minuteOf(task.due) < morning * 60)
  );
  return state.isNightShown || isEarly ? 0 : morning;
}

/** Events and tasks in which all words stand, soonest first. */
export function found(state: GoCalendarState, query: string): {
  readonly events: readonly CalEvent[];
  readonly tasks: readonly CalTask[];
} {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const has = (texts: readonly (string | undefined)[]): boolean => {
    const text = texts.join(" ").toLowerCase();
    return words.length > 0 && words.every((word) => text.includes(word));
  };
  return {
    events: state.events.filter((e) => has([e.title, e.location, e.description, ...(e.guests ?? [])])).sort(byStart),
    tasks: state.tasks.filter((task) => has([task.title, task.description])),
  };
}

/** The tasks of a list, "" for all of them, by the day they are due. */
export function tasksIn(state: GoCalendarState, list: string): readonly CalTask[] {
  const all = state.tasks.filter((task) => list === "" || task.list === list);
  return all.sort((a, b) => a.due < b.due ? -1 : a.due > b.due ? 1 : 0);
}
