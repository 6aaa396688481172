import {
  dayAfter,
  hourText as timeText,
  monthName,
  readDay,
  readTime,
  siteClock,
  weekdayName,
  weekdayOf,
} from "halo-agent/site";

/** Time of the site: Pacific, with the hours of winter from November 3rd on; one minute a step. */
export const clock = siteClock({
  start: "2024-07-18T10:00:00-07:00",
  timezone: "America/Los_Angeles",
  offsetAt: (stamp) => stamp >= "2024-03-10T02:00" && stamp < "2024-11-03T02:00" ? -420 : -480,
});

/** Day on which every page opens. */
export const today = "2024-07-18";

/** "July 18". */
export const dayName = (day: string): string => `${monthName(day)} ${Number(day.slice(8, 10))}`;
/** "Thursday, July 18", with the year where it is not this one. */
export const longDay = (day: string): string =>
  `${weekdayName(day)}, ${dayName(day)}${day.startsWith("2024") ? "" : `, ${day.slice(0, 4)}`}`;
/** "July 18, 2024", as the fields of forms read. */
export const fullDay = (day: string): string => `${dayName(day)}, ${day.slice(0, 4)}`;

/** "9:30 AM" of a local time or of "09:30". */
export const hourText = (stamp: string): string => timeText(stamp.slice(-5));

/** "9:30 – 11:00 AM". */
export function spanText(start: string, end: string): string {
  const [from, to] = [hourText(start), hourText(end)];
  return `${from.slice(-2) === to.slice(-2) ? from.slice(0, -3) : from} – ${to}`;
}

/** Days of whole-day events, "July 21 – July 27", or the one day. */
export const daysText = (start: string, end: string): string =>
  start.slice(0, 10) === end.slice(0, 10) ? longDay(start.slice(0, 10)) : `${dayName(start)} – ${dayName(end)}`;

export const dayOf = (stamp: string): string => stamp.slice(0, 10);
/** Minutes since midnight. */
export const minuteOf = (stamp: string): number => Number(stamp.slice(-5, -3)) * 60 + Number(stamp.slice(-2));
/** The local time so many minutes later. */
export const later = (stamp: string, minutes: number): string =>
  new Date(Date.parse(`${stamp}Z`) + minutes * 60_000).toISOString().slice(0, 16);
/** Whole minutes from one local time to another. */
export const minutesBetween = (start: string, end: string): number =>
  Math.round((Date.parse(`${end}Z`) - Date.parse(`${start}Z`)) / 60_000);
export const daysBetween = (first: string, last: string): number =>
  minutesBetween(`${first}T00:00`, `${last}T00:00`) / 1440;

/** The first day of the week, a Sunday. */
export const weekStart = (day: string): string => dayAfter(day, -weekdayOf(day));
/** The same day so many months later, at most the month's last. */
export function monthAfter(day: string, by: number): string {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + by;
  const first = `${Math.floor(index / 12)}-${String(index % 12 + 1).padStart(2, "0")}-01`;
  const wished = dayAfter(first, Number(day.slice(8, 10)) - 1);
  return wished.slice(0, 7) === first.slice(0, 7) ? wished : dayAfter(monthAfter(first, 1), -1);
}

/** The day that a person writes, "July 24", "7/24", "Wed, Jul 24", "tomorrow"; undefined when it is none. */
export function readDate(text: string): string | undefined {
  const typed = text.trim().replace(/^[a-z]{3,9},\s*/i, "").replace(/(\d)(st|nd|rd|th)\b/i, "$1");
  if (/^today$/i.test(typed)) return today;
  if (/^tomorrow$/i.test(typed)) return dayAfter(today, 1);
  return readDay(/^\d{1,2}\/\d{1,2}$/.test(typed) ? `${typed}/2024` : typed, "2024");
}

/** The time "15:30" that a person writes; without AM or PM what lies between one and seven is afternoon. */
export function readHour(text: string): string | undefined {
  const time = readTime(text.replace(/\s+/g, " "));
  const isOpen = time !== undefined && !/[ap]/i.test(text) && /^0?[1-6](:|$)/.test(text.trim());
  return isOpen ? `${String(Number(time.slice(0, 2)) + 12)}${time.slice(2)}` : time;
}
