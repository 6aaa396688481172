const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];

/** The day "2024-07-25" that lies `days` after another. */
export function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The weekday of a day, 0 is Sunday. */
export function weekdayOf(date: string): number {
  return new Date(Date.parse(`${date}T00:00Z`)).getUTCDay();
}

/** "Thursday" from "2024-07-25". */
export function weekdayName(date: string): string {
  return weekdays[weekdayOf(date)]!;
}

/** "July" from "2024-07-25". */
export function monthName(date: string): string {
  return months[Number(date.slice(5, 7)) - 1]!;
}

/** Time "09:05 AM" from "09:05". */
export function timeText(time: string): string {
  return hourText(time).padStart(8, "0");
}

/** Time "9:05 AM" from "09:05". */
export function hourText(time: string): string {
  const hour = Number(time.slice(0, 2));
  return `${hour % 12 === 0 ? 12 : hour % 12}:${time.slice(3, 5)} ${hour < 12 ? "AM" : "PM"}`;
}

/** Day "Jul 25" from "2024-07-25". */
export function dayText(date: string): string {
  return `${monthName(date).slice(0, 3)} ${Number(date.slice(8, 10))}`;
}

/** Day "Thu, Jul 25" from "2024-07-25". */
export function weekdayAndDay(date: string): string {
  return `${weekdayName(date).slice(0, 3)}, ${dayText(date)}`;
}

/** Day "Jul 25, 2024" from "2024-07-25". */
export function dayAndYear(date: string): string {
  return `${dayText(date)}, ${date.slice(0, 4)}`;
}

/** Moment "Thu, Jul 25, 8:00 AM" from "2024-07-25T08:00". */
export function momentText(stamp: string): string {
  const [date = "", time = ""] = stamp.split("T");
  return `${weekdayAndDay(date)}, ${hourText(time)}`;
}

/**
 * Day "2024-07-25" from what people type: "2024-07-25", "7/25/2024", "Jul 25", "July 25, 2024"; undefined when it is no
 * day. `year` is meant where none is typed.
 */
export function readDay(text: string, year: string): string | undefined {
  const typed = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(typed);
  const named = /^([a-z]{3})[a-z]*\.? (\d{1,2})(?:,? (\d{4}))?$/i.exec(typed);
  const month = named && months.findIndex((name) => name.slice(0, 3).toLowerCase() === named[1]?.toLowerCase()) + 1;
  const [y, m, d] = iso
    ? [iso[1], iso[2], iso[3]]
    : slashed
    ? [slashed[3], slashed[1], slashed[2]]
    : [named?.[3] ?? year, month, named?.[2]];
  const two = (n: unknown): string => String(n).padStart(2, "0");
  const day = `${y}-${two(m)}-${two(d)}`;
  const at = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day) ? day : undefined;
}

/** Time "08:00" from what people type: "8:00 AM", "8 am", "20:00"; undefined when it is no time. */
export function readTime(text: string): string | undefined {
  const [, h, m = "00", half] = /^(\d{1,2})(?::(\d{2}))?\s*([ap])?\.?(?:m\.?)?$/i.exec(text.trim()) ?? [];
  const hour = Number(h);
  if (h === undefined || Number(m) > 59 || hour > (half === undefined ? 23 : 12) || (half !== undefined && hour < 1)) {
    return undefined;
  }
  const of24 = half === undefined ? hour : hour % 12 + (half.toLowerCase() === "p" ? 12 : 0);
  return `${String(of24).padStart(2, "0")}:${m}`;
}
