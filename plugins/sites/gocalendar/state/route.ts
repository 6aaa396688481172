import { inAddress } from "halo-agent/site";
import type { Event } from "./event.ts";
import type { GoCalendarState, Span } from "./state.ts";
import { taskLists } from "./state.ts";
import { today } from "./time.ts";
import { spans } from "./select.ts";

/** The path of what the page shows. */
export function pathOf({ view, span, date, form, calendarForm }: GoCalendarState): string {
  switch (view.name) {
    case "calendar":
      return span === "workweek" && date === today ? "/calendar" : `/calendar/${span}/${date}`;
    case "form":
      return `/calendar/eventedit/${form?.id ?? "new"}`;
    case "calendar-form":
      return `/calendar/settings/${calendarForm?.id ?? "new"}`;
    case "tasks":
      return view.list === "" ? "/tasks" : `/tasks/${view.list}`;
    case "search":
      return `/calendar/search?q=${inAddress(view.query)}`;
  }
}

/** The event that shows what is at a path; undefined when nothing is there. */
export function eventAt(path: string): Event | undefined {
  const { pathname, searchParams } = new URL(path, "http://calendar");
  const [first, second, third = ""] = pathname.split("/").filter((part) => part !== "");
  const list = first === "tasks" ? second : second === "tasks" ? third : undefined;
  if (first === "tasks" || second === "tasks") {
    return list === undefined || list === "" || taskLists.includes(list as never)
      ? { type: "open-tasks", list: list ?? "" }
      : undefined;
  }
  if (first !== "calendar") return undefined;
  if (second === undefined) return { type: "show-day", day: today, span: "workweek" };
  if (second === "search") return { type: "search", query: searchParams.get("q") ?? "" };
  if (second === "settings") return { type: "open-calendar-form", id: third === "new" ? null : third };
  if (second === "eventedit") {
    return third === "new" ? { type: "new", kind: "event", isPage: true } : { type: "edit", kind: "event", id: third };
  }
  const isSpan = spans.some(([span]) => span === second) && /^\d{4}-\d\d-\d\d$/.test(third);
  return isSpan && !Number.isNaN(Date.parse(third))
    ? { type: "show-day", day: third, span: second as Span }
    : undefined;
}
