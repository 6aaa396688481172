import { dayAfter, weekdayName, weekdayOf } from "halo-agent/site";
import { dayName, monthAfter } from "./time.ts";

/** Ways to repeat an event. */
export const repeats = ["none", "daily", "weekly", "weekdays", "monthly", "yearly"] as const;
export type Repeat = typeof repeats[number];

/** Series are written out up to this day; those that repeat every year for five times. */
const horizon = "2024-12-31";

/** How a list of choices names a way to repeat what begins on this day. */
export function repeatName(repeat: Repeat, day: string): string {
  switch (repeat) {
    case "none":
      return "Does not repeat";
    case "daily":
      return "Daily";
    case "weekly":
      return `Weekly on ${weekdayName(day)}`;
    case "weekdays":
      return "Every weekday (Monday to Friday)";
    case "monthly":
      return `Monthly on day ${Number(day.slice(8))}`;
    case "yearly":
      return `Annually on ${dayName(day)}`;
  }
}

/** The days on which something that begins on this day takes place, the first included even where it does not fit. */
export function daysOfSeries(first: string, repeat: Repeat): readonly string[] {
  const days = [first];
  const last = first > horizon ? dayAfter(first, 365) : horizon;
  for (let n = 1; repeat !== "none"; n++) {
    const day = repeat === "yearly"
      ? monthAfter(first, 12 * n)
      : repeat === "monthly"
      ? monthAfter(first, n)
      : dayAfter(
        first,
        repeat === "weekly" ? 7 * n : n,
      );
    if (repeat === "yearly" ? n > 4 : day > last) break;
    if (repeat !== "weekdays" || (weekdayOf(day) > 0 && weekdayOf(day) < 6)) days.push(day);
  }
  return days;
}
