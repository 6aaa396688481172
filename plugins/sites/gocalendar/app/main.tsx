import { asksBut, find, mount, scrollPanes } from "halo-agent/site/app";
import type { Event } from "../state/event.ts";
import { initialState } from "../state/initial.ts";
import { eventAt, pathOf } from "../state/route.ts";
import type { GoCalendarState } from "../state/state.ts";
import { update } from "../state/update.ts";
import { Page } from "./page.tsx";
import { storage } from "./storage.ts";

/** Keys that do what a control does, while no text is being written. */
const keys: Readonly<Record<string, Event>> = {
  c: { type: "new", kind: "event" },
  t: { type: "today" },
  j: { type: "turn", by: 1 },
  k: { type: "turn", by: -1 },
  d: { type: "show-span", span: "day" },
  w: { type: "show-span", span: "week" },
  x: { type: "show-span", span: "workweek" },
  m: { type: "show-span", span: "month" },
};

mount<GoCalendarState, Event>({
  start: () => initialState({}),
  update,
  View: Page,
  router: { pathOf, eventAt },
  escape: () => ({ type: "escape" }),
  shortcut(state, key) {
    const isOver = state.form !== null || state.details !== null || state.question !== null ||
      state.calendarForm !== null;
    return isOver ? undefined : key === "/" ? { focus: "search" } : keys[key];
  },
  dismiss: ({ menu }) => menu === null ? undefined : { type: "dismiss" },
  focusAfter({ before, after, root }) {
    if (pathOf(after) !== pathOf(before)) scrollPanes(root);
    const isPage = after.view.name !== before.view.name && (after.form ?? after.calendarForm) !== null;
    const isQuestion = after.question !== null && before.question === null;
    // Under a question or behind a page that opens, a window may have a first field as well.
    if (isPage || isQuestion) find(root, "#dialog-first:not([inert] *)")?.focus();
  },
  storage,
  asks: asksBut(
    ...[
      "menu",
      "form",
      "calendarForm",
      "details",
      "question",
      "mini",
      "isNightShown",
      "searchInput",
      "banner",
    ] as const,
  ),
});
