import { dayAfter, dayAndYear, dayText, readDay as dayOf, siteClock, timeText, weekdayOf } from "halo-agent/site";

/** The time of the mailbox: it opens on a Thursday, and an action takes a minute. */
export const clock = siteClock({ start: "2024-07-18T09:00:00-07:00", timezone: "America/Los_Angeles" });

/** Local time "2024-07-18T09:05" after `clock` minutes. */
export const { stampOf } = clock;

/** Local date "2024-07-18" and time "09:05 AM" after `clock` minutes. */
export function nowOf(clock: number): { readonly date: string; readonly time: string } {
  return dateOf(stampOf(clock));
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

/** Day "2024-07-25" from what people type, in the mailbox's year where they name none; undefined when it is no day. */
export function readDay(text: string): string | undefined {
  return dayOf(text, clock.start.slice(0, 4));
}

/** Date and time fields of a mail from a local time. */
export function dateOf(stamp: string): { readonly date: string; readonly time: string } {
  return { date: stamp.slice(0, 10), time: timeText(stamp.slice(11)) };
}

/** What a row shows: the time today ("8:05 AM"), else the day ("Jul 17"), with the year when it is another one. */
export function shortDate(mail: { readonly date: string; readonly time: string }, clock: number): string {
  const today = nowOf(clock).date;
  if (mail.date === today) return mail.time.replace(/^0/, "");
  return mail.date.slice(0, 4) === today.slice(0, 4) ? dayText(mail.date) : dayAndYear(mail.date);
}

/** What an open mail shows: "Jul 17, 2024, 4:50 PM". */
export function longDate(mail: { readonly date: string; readonly time: string }): string {
  return `${dayAndYear(mail.date)}, ${mail.time.replace(/^0/, "")}`;
}
