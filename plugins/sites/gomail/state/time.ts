/** Wall time at which every mailbox opens, with its zone. */
export const clockStart = { start: "2024-07-18T09:00:00-07:00", timezone: "America/Los_Angeles" } as const;

const startMs = Date.UTC(2024, 6, 18, 9, 0);
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Local date "2024-07-18" and time "09:05 AM" after `clock` minutes. */
export function nowOf(clock: number): { readonly date: string; readonly time: string } {
  return dateOf(stampOf(clock));
}

/** Local time "2024-07-18T09:05" after `clock` minutes. */
export function stampOf(clock: number): string {
  return new Date(startMs + clock * 60_000).toISOString().slice(0, 16);
}

/** The local day "2024-07-25" that lies `days` after another. */
export function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A moment to put something off to. */
export interface Preset {
  readonly name: string;
  /** Local time "2024-07-19T08:00". */
  readonly at: string;
}

/** When a mail can be woken without naming a day. */
export function snoozePresets(clock: number): readonly Preset[] {
  const today = stampOf(clock).slice(0, 10);
  const weekday = weekdayOf(today);
  const presets = [
    { name: "Later today", at: `${today}T18:00` },
    { name: "Tomorrow", at: `${dayAfter(today, 1)}T08:00` },
    { name: "This weekend", at: `${dayAfter(today, (6 - weekday + 7) % 7)}T08:00` },
    { name: "Next week", at: `${dayAfter(today, (8 - weekday) % 7 || 7)}T08:00` },
  ];
  return presets.filter(({ at }) => at > stampOf(clock));
}

/** When a mail can be sent without naming a day. */
export function sendPresets(clock: number): readonly Preset[] {
  const today = stampOf(clock).slice(0, 10);
  const monday = dayAfter(today, (8 - weekdayOf(today)) % 7 || 7);
  return [
    { name: "Tomorrow morning", at: `${dayAfter(today, 1)}T08:00` },
    { name: "Tomorrow afternoon", at: `${dayAfter(today, 1)}T13:00` },
    { name: "Monday morning", at: `${monday}T08:00` },
  ];
}

/** Day "2024-07-25" from what people type: "2024-07-25", "7/25/2024", "Jul 25", "July 25, 2024"; undefined when it is none. */
export function readDay(text: string): string | undefined {
  const typed = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(typed);
  const named = /^([a-z]{3})[a-z]*\.? (\d{1,2})(?:,? (\d{4}))?$/i.exec(typed);
  const month = named && months.findIndex((name) => name.toLowerCase() === named[1]?.toLowerCase()) + 1;
  const [year, m, d] = iso
    ? [iso[1], iso[2], iso[3]]
    : slashed
    ? [slashed[3], slashed[1], slashed[2]]
    : [named?.[3] ?? "2024", month, named?.[2]];
  const two = (n: unknown): string => String(n).padStart(2, "0");
  const day = `${year}-${two(m)}-${two(d)}`;
  const at = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day) ? day : undefined;
}

/** Time "08:00" from what people type: "8:00 AM", "8 am", "20:00"; undefined when it is none. */
export function readTime(text: string): string | undefined {
  const [, h, m = "00", half] = /^(\d{1,2})(?::(\d{2}))?\s*([ap])?\.?(?:m\.?)?$/i.exec(text.trim()) ?? [];
  const hour = Number(h);
  if (h === undefined || Number(m) > 59 || hour > (half === undefined ? 23 : 12) || (half !== undefined && hour < 1)) {
    return undefined;
  }
  const of24 = half === undefined ? hour : hour % 12 + (half.toLowerCase() === "p" ? 12 : 0);
  return `${String(of24).padStart(2, "0")}:${m}`;
}

/** Date and time fields of a mail from a local time. */
export function dateOf(stamp: string): { readonly date: string; readonly time: string } {
  return { date: stamp.slice(0, 10), time: clockText(stamp.slice(11)) };
}

/** How a moment is written: "Thu, Jul 25, 8:00 AM". */
export function momentText(stamp: string): string {
  const [date = "", time = ""] = stamp.split("T");
  const [, month = "1", day = "1"] = date.split("-");
  return `${weekdays[weekdayOf(date)]}, ${months[Number(month) - 1]} ${Number(day)}, ${
    clockText(time).replace(/^0/, "")
  }`;
}

function clockText(time: string): string {
  const hour = Number(time.slice(0, 2));
  return `${String(hour % 12 === 0 ? 12 : hour % 12).padStart(2, "0")}:${time.slice(3, 5)} ${hour < 12 ? "AM" : "PM"}`;
}

function weekdayOf(date: string): number {
  return new Date(Date.parse(`${date}T00:00Z`)).getUTCDay();
}

/** What a row shows: the time today ("8:05 AM"), else the day ("Jul 17"), with the year when it is another one. */
export function shortDate(mail: { readonly date: string; readonly time: string }, clock: number): string {
  const today = nowOf(clock).date;
  if (mail.date === today) return mail.time.replace(/^0/, "");
  const [year = "", month = "1", day = "1"] = mail.date.split("-");
  const text = `${months[Number(month) - 1]} ${Number(day)}`;
  return year === today.slice(0, 4) ? text : `${text}, ${year}`;
}

/** What an open mail shows: "Jul 17, 2024, 4:50 PM". */
export function longDate(mail: { readonly date: string; readonly time: string }): string {
  const [year = "", month = "1", day = "1"] = mail.date.split("-");
  return `${months[Number(month) - 1]} ${Number(day)}, ${year}, ${mail.time.replace(/^0/, "")}`;
}
