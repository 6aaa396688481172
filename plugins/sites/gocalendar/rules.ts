import type { StateRules } from "halo-agent/site";
import type { GoCalendarState } from "./state/state.ts";
import { dayOf } from "./state/time.ts";

/** How calendars are judged. The page may show anything, but what was begun in a form and not saved fails. */
export const rules: StateRules<GoCalendarState> = {
  collections: {
    events: {
      id: ({ id }) => id,
      name: ({ title, start }) => `"${title}" of ${dayOf(start)}`,
      extra: ({ title, start }) => `another event, "${title}" of ${dayOf(start)}, was added`,
    },
    tasks: {
      id: ({ id }) => id,
      name: ({ title }) => `the task "${title}"`,
      // The time of the last change follows from the change.
      allowed: (_, is, isMeant) => isMeant ? { updated: is.updated } : {},
      extra: ({ title }) => `another task, "${title}", was added`,
    },
    calendars: {
      id: ({ id }) => id,
      name: ({ name }) => `the calendar "${name}"`,
    },
  },
  onScreen: [
    ...[
      "clock",
      "nextId",
      "view",
      "span",
      "date",
      "mini",
      "isNightShown",
      "searchInput",
      "form",
      "calendarForm",
    ] as const,
    ...["details", "question", "menu", "snackbar", "banner", "failure"] as const,
  ],
  leftover({ form, calendarForm, calendars }) {
    if (form?.isTouched) return `${form.kind === "event" ? "an event" : "a task"} was begun and left open`;
    if (calendarForm === null) return undefined;
    const is = calendars.find(({ id }) => id === calendarForm.id);
    const isSame = calendarForm.name === (is?.name ?? "") && (is === undefined || calendarForm.color === is.color);
    return isSame ? undefined : "a calendar was begun and left open";
  },
};
