import { dayAfter, readDay, weekdayOf } from "../dates.ts";
import { numberWords } from "./numbers.ts";

/** Days from one to another, both included; an open end where one is absent. */
export interface Days {
  readonly from?: string;
  readonly to?: string;
}

const counts: Readonly<Record<string, number>> = { ...numberWords, a: 1, an: 1, "couple of": 2, few: 3 };
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const months =
  /^(?:the )?(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/;
const n = "(\\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|few|couple of)";
const unit = "(day|week|month|year)s?";
const longAgo = new RegExp(
  `^(?:older than|before|prior to|earlier than|from before|more than|over) (?:the )?(?:last |past )?${n}? ?${unit}(?: ago| old)?$`,
);
const lately = new RegExp(`^(?:the )?(?:last|past|previous) ${n} ${unit}$`);
const someAgo = new RegExp(`^${n} ${unit} ago$`);

/** The days a phrase means on a day: "today", "older than 2 months", "before July 1", "last 3 days"; undefined for others. */
export function daysOf(said: string, today: string): Days | undefined {
  const text = said.toLowerCase().trim().replace(/\s+/g, " ").replace(
    /^(?:from|on|in|during|within) (?=(?:the )?(?:last|this|today|yesterday|\w+day|[a-z]+$))/,
    "",
  );
  const old = longAgo.exec(text);
  if (old !== null) return { to: dayAfter(back(today, countOf(old[1]), old[2]!), -1) };
  const before = /^(?:older than|before|prior to|earlier than|from before|until) (.+)$/.exec(text);
  if (before !== null) {
    const first = daysOf(before[1]!, today)?.from;
    return first === undefined ? undefined : { to: dayAfter(first, -1) };
  }
  const since = /^(?:since|after|newer than|later than) (.+)$/.exec(text);
  if (since !== null) {
    const days = daysOf(since[1]!, today);
    const from = text.startsWith("since") ? days?.from : days?.to && dayAfter(days.to, 1);
    return from === undefined ? undefined : { from };
  }
  const last = lately.exec(text);
  if (last !== null) return { from: back(today, countOf(last[1]), last[2]!), to: today };
  const ago = someAgo.exec(text);
  if (ago !== null) return one(back(today, countOf(ago[1]), ago[2]!));
  return named(text, today);
}

function named(text: string, today: string): Days | undefined {
  const month = months.exec(text)?.[1];
  const weekday = weekdays.findIndex((name) => text.replace(/^last /, "") === name);
  if (weekday >= 0) return one(dayAfter(today, -((weekdayOf(today) - weekday + 7) % 7 || 7)));
  if (month !== undefined) {
    const first = readDay(`${month.slice(0, 3)} 1`, today.slice(0, 4));
    return first === undefined ? undefined : { from: first, to: `${first.slice(0, 8)}31` };
  }
  const monday = dayAfter(today, -((weekdayOf(today) + 6) % 7));
  const firstOfMonth = `${today.slice(0, 8)}01`;
  switch (text) {
    case "today":
    case "this morning":
    case "this afternoon":
    case "tonight":
      return one(today);
    case "yesterday":
    case "last night":
      return one(dayAfter(today, -1));
    case "this week":
      return { from: monday, to: today };
    case "last week":
    case "the last week":
    case "past week":
      return { from: dayAfter(monday, -7), to: dayAfter(monday, -1) };
    case "this month":
      return { from: firstOfMonth, to: today };
    case "last month":
      return { from: `${dayAfter(firstOfMonth, -1).slice(0, 8)}01`, to: dayAfter(firstOfMonth, -1) };
    case "this year":
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
    case "last year": {
      const year = Number(today.slice(0, 4)) - 1;
      return { from: `${year}-01-01`, to: `${year}-12-31` };
    }
  }
  const day = readDay(
    text.replace(/(\d)(?:st|nd|rd|th)\b/, "$1").replace(/^(?:the )?(\d+) (?:of )?([a-z]+)/, "$2 $1"),
    today.slice(0, 4),
  );
  return day === undefined ? undefined : one(day);
}

const one = (day: string): Days => ({ from: day, to: day });
const countOf = (said: string | undefined): number => said === undefined ? 1 : counts[said] ?? Number(said);

/** The day that lies some days, weeks, months or years back. */
function back(day: string, count: number, unit: string): string {
  if (unit === "day") return dayAfter(day, -count);
  if (unit === "week") return dayAfter(day, -7 * count);
  const all = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - count * (unit === "year" ? 12 : 1);
  const month = `${Math.floor(all / 12)}-${String(all % 12 + 1).padStart(2, "0")}`;
  const last = dayAfter(dayAfter(`${month}-28`, 4).slice(0, 8) + "01", -1);
  const same = `${month}-${day.slice(8)}`;
  return same > last ? last : same;
}
