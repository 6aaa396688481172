import { type Differences, differencesById, switchesOff } from "halo-agent/site";
import type { Official } from "halo-agent/site";
import { faults } from "../state/faults.ts";
import type { GoCalendarState } from "../state/state.ts";
import { officialCalendar, officialEvent, officialTask } from "./event.ts";
import { earlier, strict } from "./strict.ts";

type Things = ReadonlyMap<string, { readonly id: string }>;

const byId = <T extends { readonly id: string }>(things: readonly T[]): ReadonlyMap<string, T> =>
  new Map(things.map((one) => [one.id, one]));

const eventsOf = (state: GoCalendarState): Things => byId(state.events.map((event) => officialEvent(state, event)));

/** What differs, as the hosted site shows it: whole things by their ids, also those that were changed. */
function keyed(before: Things, after: Things): Record<keyof Differences<never>, Readonly<Record<string, unknown>>> {
  const { added, updated, deleted } = differencesById(before, after);
  const whole = (from: Things, ids: readonly unknown[]): Readonly<Record<string, unknown>> =>
    Object.fromEntries(ids.map((id) => [id, from.get(id as string)]));
  return {
    added: whole(after, added.map(({ id }) => id)),
    deleted: whole(before, deleted.map(({ id }) => id)),
    updated: whole(after, updated.map(({ id }) => id)),
  };
}

const differences = (initial: GoCalendarState, final: GoCalendarState) => ({
  events: keyed(eventsOf(initial), eventsOf(final)),
  calendars: keyed(byId(initial.calendars.map(officialCalendar)), byId(final.calendars.map(officialCalendar))),
  joinedEvents: keyed(new Map(), new Map()),
});

/** The calendar as the REAL benchmark sees it. */
export const official: Official<GoCalendarState> = {
  section: "calendar",
  settings: switchesOff(faults),
  differences,
  diff(initial, final) {
    const tasksOf = (state: GoCalendarState): Things => byId(state.tasks.map(officialTask));
    const { added, updated, deleted } = keyed(tasksOf(initial), tasksOf(final));
    const indexed = (things: object): object => ({ ...Object.values(things) });
    const gone = keyed(eventsOf(initial), eventsOf(final)).deleted;
    return {
      added: { calendar: { myTasks: indexed(added), deletedEvents: indexed(gone) } },
      deleted: { calendar: { myTasks: indexed(deleted) } },
      updated: { calendar: { myTasks: indexed(updated) } },
    };
  },
  // The first version of the benchmark reads the same under another name.
  aliases: (initial, final) => ({ eventsDiff: differences(initial, final).events }),
  strict,
  earlier,
};
