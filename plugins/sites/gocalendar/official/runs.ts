// What a user does for each REAL task on the calendar, and what one does who gets it nearly right.
import type { Event } from "../state/event.ts";
import { initialState } from "../state/initial.ts";
import type { FormField, GoCalendarState } from "../state/state.ts";
import { update } from "../state/update.ts";
import type { Scripted } from "halo-agent/site";

type Run = readonly Event[];

export const untouched: GoCalendarState = initialState({});

/** The state after a run. */
export function after(run: Run, from: GoCalendarState = untouched): GoCalendarState {
  return run.reduce(update, from);
}

/** Writes into fields of the form. */
export const texts = (fields: Partial<Record<FormField, string>>): Event[] =>
  Object.entries(fields).map(([field, text]) => ({ type: "write", field: field as FormField, text }));

/** Adds an event. */
export const added = (fields: Partial<Record<FormField, string>>, ...more: Event[]): Event[] => [
  { type: "new", kind: "event" },
  ...texts(fields),
  ...more,
  { type: "save" },
];

const task = (title: string, day: string, from: string): Event[] => [
  { type: "new", kind: "task" },
  ...texts({ title, day, from }),
  { type: "save" },
];

/** Deletes the event of this title. */
export function deletion(title: string): Event[] {
  const { id } = untouched.events.find((event) => event.title === title)!;
  return [{ type: "open-details", kind: "event", id }, { type: "delete", kind: "event", id }];
}

/** A task that a deletion solves; the scripts do not mind what else is deleted. */
const deletes = (title: string, other: string): Scripted<Event> => ({
  right: deletion(title),
  near: { how: `"${other}" deleted instead`, run: deletion(other) },
  loose: [{ how: `"${other}" deleted as well`, run: [...deletion(title), ...deletion(other)] }],
});

const weekdays: Event = { type: "choose", field: "repeat", value: "weekdays" };
const gym = { title: "Work out", from: "7:45 PM", to: "8:45 PM", location: "Gym" } as const;
const camp = { title: "Math camp", location: "Sunnyvale" } as const;
const wholeDays: Event = { type: "toggle-all-day" };

/** Every v2 task of the site that can be graded. */
export const runs: Readonly<Record<string, Scripted<Event>>> = {
  "v2.gocalendar-4": {
    right: added({ ...gym, day: "September 20" }, weekdays),
    near: { how: "from the Monday after", run: added({ ...gym, day: "September 23" }, weekdays) },
    loose: [
      { how: "the first day alone", run: added({ ...gym, day: "September 20" }) },
      {
        how: "every day of the week",
        run: added({ ...gym, day: "September 20" }, { type: "choose", field: "repeat", value: "daily" }),
      },
      { how: "called dinner", run: added({ ...gym, title: "Dinner", day: "September 20" }, weekdays) },
    ],
  },
  "v2.gocalendar-6": {
    right: added({ title: "Pick up my sister", day: "July 24", from: "11 AM" }),
    near: { how: "at noon", run: added({ title: "Pick up my sister", day: "July 24", from: "12 PM" }) },
    loose: [
      { how: "at nine", run: added({ title: "Pick up my sister", day: "July 24", from: "9 AM" }) },
      { how: "a Wednesday in August", run: added({ title: "Pick up my sister", day: "August 7", from: "11 AM" }) },
    ],
  },
  "v2.gocalendar-8": {
    right: task("Send an email to Ashley", "July 22", "9:00 AM"),
    near: { how: "on Tuesday", run: task("Send an email to Ashley", "July 23", "9:00 AM") },
    loose: [
      { how: "a Monday in August", run: task("Send an email to Ashley", "August 5", "9:00 AM") },
      { how: "at half past twelve", run: task("Send an email to Ashley", "July 22", "12:30 PM") },
    ],
  },
  "v2.gocalendar-10": deletes("Dinner with Friends", "Lunch with Marta"),
  "v2.gocalendar-12": {
    right: added({ title: "Buy gym clothes", day: "July 22", from: "9:00 AM" }),
    near: { how: "socks for clothes", run: added({ title: "Buy gym socks", day: "July 22", from: "9:00 AM" }) },
    loose: [{ how: "on Friday evening", run: added({ title: "Buy gym clothes", day: "July 26", from: "6:00 PM" }) }],
  },
  "v2.gocalendar-13": {
    right: added({ ...camp, day: "July 21", endDay: "July 27" }, wholeDays),
    near: { how: "until the 26th", run: added({ ...camp, day: "July 21", endDay: "July 26" }, wholeDays) },
    loose: [{
      how: "a guest invited as well",
      run: [
        ...added({ ...camp, day: "July 21", endDay: "July 27" }, wholeDays, { type: "add-guest", name: "Carol Adams" }),
        { type: "invite" },
      ],
    }],
  },
  "v2.gocalendar-16": deletes("Reading Time", "Budget walk-through"),
  "v2.gocalendar-18": deletes("Morning Coffee with Sister", "Team Check-In"),
  "v2.gocalendar-23": deletes("Project Sync", "Budget walk-through"),
};
