import { dayAfter, siteClock, weekdayOf } from "halo-agent/site";

/** The time of the site: it opens on a Thursday, and an action takes a minute. */
export const clock = siteClock({ start: "2024-07-18T10:00:00-07:00", timezone: "America/Los_Angeles" });

/** The day on which every page opens. */
export const today = clock.stampOf(0).slice(0, 10);

/** The days on which tours are given: the seven after today. */
export const tourDays: readonly string[] = Array.from({ length: 7 }, (_, i) => dayAfter(today, i + 1));

/** The hours at which tours begin. */
export const tourTimes: readonly string[] = [9, 10, 11, 12, 1, 2, 3, 4, 5, 6].map((hour, i) =>
  `${hour}:00 ${i < 3 ? "AM" : "PM"}`
);

/** Minutes after midnight of "1:00 PM". */
export function minutesOf(time: string): number {
  const [, hour = "0", minute = "0", half] = /^(\d+):(\d+) (AM|PM)$/.exec(time) ?? [];
  return (Number(hour) % 12 + (half === "PM" ? 12 : 0)) * 60 + Number(minute);
}

/** True on Saturdays and Sundays. */
export function isWeekend(date: string): boolean {
  return weekdayOf(date) % 6 === 0;
}
