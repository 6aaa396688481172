import { dayAfter, daysOf, readDay, weekdayOf } from "halo-agent/site";
import { dayName, today } from "../state/time.ts";

const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const hours = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** The day that words mean, "July 24", as fields read it: the next Tuesday, the 25th of this month; undefined for others. */
export function dayMeant(said: string): string | undefined {
  const text = said.toLowerCase().replace(/^(?:on|the|this|coming) /, "").trim();
  const date = dateMeant(text.replace(/^the /, ""));
  return date && dayName(date);
}

function dateMeant(text: string): string | undefined {
  if (/^(?:today|tonight)$/.test(text)) return today;
  if (text === "tomorrow") return dayAfter(today, 1);
  const weekday = weekdays.findIndex((name) => text.replace(/^next /, "").startsWith(name));
  if (weekday >= 0) {
    const ahead = (weekday - weekdayOf(today) + 7) % 7 || 7;
    // "Next Friday" is the one of the next week.
    const isThisWeek = weekday > weekdayOf(today);
    return dayAfter(today, text.startsWith("next ") && isThisWeek ? ahead + 7 : ahead);
  }
  const ordinal = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(text)?.[1];
  if (ordinal !== undefined) {
    const near = `${today.slice(0, 8)}${ordinal.padStart(2, "0")}`;
    return near >= today ? readDay(near, "2024") : readDay(`2024-08-${ordinal.padStart(2, "0")}`, "2024");
  }
  return /\d/.test(text) && /[a-z]/.test(text) ? daysOf(text, today)?.from : readDay(`${text}/2024`, "2024");
}

/** The time that words mean, "3:30 PM" or "15:30", as fields read it; undefined for others. */
export function timeMeant(said: string): string | undefined {
  const text = said.toLowerCase().replaceAll(".", ":").trim();
  if (text === "noon") return "12:00 PM";
  if (text === "midnight") return "12:00 AM";
  const spoken = /^(half past|quarter past|quarter to|half) (\S+)$/.exec(text);
  if (spoken !== null) {
    const hour = hourOf(spoken[2]!);
    if (hour === undefined) return undefined;
    if (spoken[1] === "quarter to") return `${hour === 1 ? 12 : hour - 1}:45`;
    return `${hour}:${spoken[1] === "quarter past" ? "15" : "30"}`;
  }
  const part = /^(\S+) (?:o'?clock|sharp|in the (morning|afternoon|evening))$/.exec(text);
  const hour = hourOf(part?.[1] ?? text);
  if (hour === undefined) return /^\d{1,2}:\d{2}|^\d{1,2}[ap]/.test(text) ? text : undefined;
  const half = part?.[2];
  return `${hour}:00${half === undefined ? "" : half === "morning" ? " AM" : " PM"}`;
}

function hourOf(text: string): number | undefined {
  const word = hours.indexOf(text) + 1;
  const hour = word > 0 ? word : /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return hour > 0 && hour <= 24 ? hour : undefined;
}
