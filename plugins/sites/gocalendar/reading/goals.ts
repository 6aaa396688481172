import {
  find,
  followBy,
  type GoalReader,
  type GoalWays,
  type Look,
  type Milestone,
  namedBy,
  type PageView,
  quotedBy,
  textbox,
} from "halo-agent/site";
import type { CalendarTypes } from "../families/calendar.ts";
import { boxed, dated, editing, pageOf, picked, saved } from "../families/milestones.ts";
import { readCalendarGoal } from "./read.ts";

type CalendarWish = CalendarTypes["wish"];

const needs = {
  create_event: ["title"],
  all_day: ["title"],
  repeat: ["title", "repeat"],
  video: ["title"],
  delete_event: ["title"],
  search_delete: ["title"],
  rename_event: ["title", "other"],
  set_location: ["title", "place"],
  describe: ["title", "note"],
  reschedule: ["title"],
  invite: ["title", "person"],
  create_task: ["title"],
  complete_task: ["title"],
  delete_task: ["title"],
  hide_calendar: ["calendar"],
  color_calendar: ["calendar", "color"],
  create_calendar: ["calendar"],
} as const;

/** How calendar goals in any wording are read and paid, by the families' milestones and where their patterns find quoted texts. */
export const goalsOf = (
  milestones: (wish: CalendarWish) => readonly Milestone[],
  patterns: readonly GoalReader<CalendarWish>[],
): GoalWays<PageView> => ({
  known: {},
  read: quotedBy(readCalendarGoal, patterns),
  follow: followBy<CalendarWish, PageView>({ milestones: (wish) => changed(wish) ?? milestones(wish), needs, bound }),
  general: [],
});

/** What changes an event that is there, where the family of the kind makes a new one or knows the hour only. */
function changed(wish: CalendarWish & { readonly state?: string }): readonly Milestone[] | undefined {
  const { kind, title = "", day, time, repeat } = wish;
  const page = pageOf(title);
  const end = saved({ gone: textbox("Title", page), notice: "Event saved" });
  const on = day === undefined ? [] : [dated("date", textbox("Date", page), day)];
  if (kind === "reschedule" && time === undefined) return [...editing(title), ...on, ...end];
  if (wish.state !== "there") return undefined;
  if (kind === "video") return [...editing(title), boxed("meeting", "Add video meeting"), ...end];
  if (kind === "all_day") return [...editing(title), boxed("all_day", "All day"), ...on, ...end];
  return kind === "repeat" ? [...editing(title), ...picked("repeat", "Repeat", repeat ?? ""), ...end] : undefined;
}

const shownNames: readonly (readonly [kinds: RegExp, value: "title" | "calendar", says: RegExp])[] = [
  [/_task$/, "title", /^(?:Done:|Delete task) (.+)$/],
  [/^(?:hide|color)_calendar$/, "calendar", /^(?:Show calendar|Options for) (.+)$/],
  [/^(?!create)/, "title", /^Open event (.+?), /],
];

/** Names as pages show them: of events, tasks and calendars that are there, and of new ones what their field reads. */
function bound(wish: CalendarWish, { from, to }: Look): CalendarWish {
  const [, value, says] = shownNames.find(([kinds]) => kinds.test(wish.kind)) ?? [];
  const said = value === undefined ? wish.title : wish[value];
  if (said === undefined) return wish;
  if (/^create_(?:event|task)$/.test(wish.kind)) {
    const field = textbox("Title", `dialog:New ${wish.kind === "create_task" ? "task" : "event"}`);
    const typed = find(to, field)?.value ?? find(from, field)?.value ?? "";
    return { ...wish, title: namedBy(said, [typed]) ?? said };
  }
  if (value === undefined || says === undefined) return wish;
  const shown = [...from.elements, ...to.elements].flatMap(({ name }) => says.exec(name)?.[1] ?? []);
  return { ...wish, [value]: namedBy(said, shown) ?? said };
}
