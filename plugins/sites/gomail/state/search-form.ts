import type { SearchForm } from "./window.ts";
import { dayAfter } from "halo-agent/site";
import { nameOfFolder } from "./select.ts";
import { readDay } from "./time.ts";

/** The choices of "Date within": days before and after, and how they are called. */
export const spans: readonly (readonly [days: string, name: string])[] = [
  ["", "Any time"],
  ["1", "1 day"],
  ["3", "3 days"],
  ["7", "1 week"],
  ["14", "2 weeks"],
  ["31", "1 month"],
  ["62", "2 months"],
  ["183", "6 months"],
  ["365", "1 year"],
];

/** The choices of "Search in": what follows `in:`, and how it is called. */
export const searchPlaces: readonly (readonly [folder: string, name: string])[] = [
  ["", "All mail"],
  ...["inbox", "starred", "snoozed", "sent", "drafts", "archive", "spam", "trash"].map((folder) =>
    [folder, nameOfFolder(folder)] as const
  ),
  ["anywhere", "Mail, Spam and Trash"],
];

/** An empty form; `today` is what dates are counted from. */
export function emptySearch(today: string, hasWords: string): SearchForm {
  return {
    from: "",
    to: "",
    subject: "",
    hasWords,
    without: "",
    within: "",
    date: today,
    folder: "",
    attachment: "",
  };
}

/** The query that says the same as the form. */
export function queryOf(form: SearchForm): string {
  const day = readDay(form.date);
  const span = Number(form.within);
  const dates = form.within === "" || day === undefined
    ? []
    : [`after:${dayAfter(day, -span - 1)}`, `before:${dayAfter(day, span + 1)}`];
  return [
    field("from", form.from),
    field("to", form.to),
    field("subject", form.subject),
    form.hasWords.trim(),
    ...form.without.trim().split(/\s+/).filter((word) => word !== "").map((word) => `-${word}`),
    ...dates,
    field("in", form.folder),
    form.attachment === "yes" ? "has:attachment" : "",
  ].filter((part) => part !== "").join(" ");
}

/** What is wrong with the form, "" when nothing is. */
export function searchProblem(form: SearchForm): string {
  const isDated = form.within !== "";
  if (isDated && readDay(form.date) === undefined) return "Write the date as 2024-07-18";
  return queryOf(form) === "" ? "Fill in at least one field" : "";
}

function field(name: string, text: string): string {
  const value = text.trim();
  if (value === "") return "";
  return /\s/.test(value) ? `${name}:"${value.replaceAll('"', "")}"` : `${name}:${value}`;
}
