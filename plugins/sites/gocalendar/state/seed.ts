import { dayAfter } from "halo-agent/site";
import { fixed, titles, todos } from "./seed-text.ts";
import type { Calendar, CalEvent, CalTask } from "./state.ts";
import { later } from "./time.ts";

/** The calendars every page opens with. */
export const calendars: readonly Calendar[] = [
  { id: "c1", name: "Work", color: "Peacock", isShown: true },
  { id: "c2", name: "Family", color: "Sage", isShown: true },
  { id: "c3", name: "Personal", color: "Cobalt", isShown: true },
];

const idOf = (name: string): string => calendars.find((one) => one.name === name)!.id;
const [first, last, fixedFrom, fixedTo] = ["2024-07-01", "2024-12-31", "2024-07-14", "2024-07-20"];
/** Two events on most days of July, fewer later. */
const denseUntil = "2024-07-31";
/** Hours at which events may begin; one day's events begin hours apart. */
const hours = { morning: [8, 9, 10, 11], evening: [14, 15, 16, 18, 19] } as const;

type Plain = Omit<CalEvent, "id">;

function makeEvents(): readonly CalEvent[] {
  const days: string[] = [];
  for (let day: string = first; day <= last; day = dayAfter(day, 1)) days.push(day);
  const spread = days.filter((day) => day < fixedFrom || day > fixedTo).flatMap(eventsOf);
  return [...fixed.map(written), ...spread].map((event, i) => ({ id: `e${i + 1}`, ...event }));
}

/** A number from 0 to n - 1 that depends on day and name alone. */
function chance(day: string, name: string, n: number): number {
  let hash = 0x811c9dc5;
  for (const char of `${name} ${day}`) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0;
  return ((hash ^ (hash >>> 15)) >>> 0) % n;
}

function eventsOf(day: string): readonly Plain[] {
  const isDense = day <= denseUntil;
  const times = (["morning", "evening"] as const).filter((time, i) => isDense || chance(day, time, 10) < 8 - i);
  return times.map((time) => {
    const calendar = [
      "Work",
      "Family",
      "Personal",
      "Work",
      "Family",
      "Personal",
      "Work",
    ][chance(day, `${time} of`, 7)]!;
    const offered = titles[calendar]!;
    const [title = "", place] = offered[chance(day, `${time} title`, offered.length)]!.split(" | ");
    const hour = hours[time][chance(day, `${time} hour`, hours[time].length)]!;
    const start = `${day}T${String(hour).padStart(2, "0")}:${["00", "30"][chance(day, `${time} half`, 2)]}`;
    const end = later(start, [30, 60, 60, 90][chance(day, `${time} length`, 4)]!);
    return { title, calendar: idOf(calendar), start, end, ...(place !== undefined && { location: place }) };
  });
}

function written(line: string): Plain {
  const [title = "", calendar = "", start = "", end = "", location] = line.split(" | ");
  return {
    title,
    calendar: idOf(calendar),
    start,
    end,
    ...(start.endsWith("T00:00") && { allDay: true as const }),
    ...(location !== undefined && { location }),
  };
}

/** The tasks every page opens with. */
export function seedTasks(): readonly CalTask[] {
  const created = "2024-07-12T09:00";
  return todos.map((line, i) => {
    const [title = "", list = "", day = "", done] = line.split(" | ");
    const isDone = done === "done" && { isDone: true as const };
    return { id: `t${i + 1}`, title, due: `${day}T00:00`, allDay: true, list, ...isDone, created, updated: created };
  });
}

/** About 300 events from July to December, the same every time. */
export const seedEvents: readonly CalEvent[] = makeEvents();
