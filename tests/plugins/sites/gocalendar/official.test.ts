import { defaultConfig, finishReport } from "../../../../core/site.ts";
import { gocalendar } from "../../../../plugins/sites/gocalendar/gocalendar.ts";
import type { Event } from "../../../../plugins/sites/gocalendar/state/event.ts";
import type { GoCalendarState } from "../../../../plugins/sites/gocalendar/state/state.ts";
import { assert, suite } from "../../../harness.ts";
import { after, untouched } from "../../../../plugins/sites/gocalendar/official/runs.ts";

const test = suite("gocalendar/official");

/** What `/finish` shows of a final state. */
function reportOf(final: GoCalendarState, id = "gocalendar-1") {
  const config = defaultConfig(id, gocalendar.official);
  return finishReport(gocalendar.official!, { initial: untouched, final, history: [], config }) as {
    readonly [key: string]: unknown;
  };
}

/** What the first version of the benchmark asks of the report: `eventsDiff.KIND.*.FIELD` at its first event. */
function firstOf(run: readonly Event[], kind: "added" | "updated" | "deleted"): Readonly<Record<string, unknown>> {
  const { eventsDiff } = reportOf(after(run)) as { readonly eventsDiff: Record<string, Record<string, object>> };
  return Object.values(eventsDiff[kind]!)[0] as Readonly<Record<string, unknown>>;
}

const write = (field: "title" | "day" | "from" | "to" | "location", text: string): Event => ({
  type: "write",
  field,
  text,
});
const idOf = (title: string): string => untouched.events.find((event) => event.title === title)!.id;

test("the report has what the queries of v1 tasks 1, 3, 4, 5 and 9 ask for", () => {
  const added = firstOf([
    { type: "new", kind: "event" },
    write("title", "Team Meeting"),
    write("day", "July 19, 2024"),
    write("from", "2 PM"),
    write("to", "2:30 PM"),
    write("location", "Conference Room A"),
    { type: "save" },
  ], "added");
  assert.equal([added["title"], added["start"], added["end"], added["location"]], [
    ...["Team Meeting", "2024-07-19T21:00:00.000Z", "2024-07-19T21:30:00.000Z", "Conference Room A"],
  ]);
  const id = idOf("Breakfast Meeting with Client");
  const gone = firstOf([{ type: "delete", kind: "event", id }], "deleted");
  assert.equal([gone["title"], gone["start"]], ["Breakfast Meeting with Client", "2024-07-19T17:00:00.000Z"]);
  const changed = firstOf([
    { type: "edit", kind: "event", id: idOf("Team Check-In") },
    write("title", "Project Kickoff"),
    write("location", "Zoom"),
    { type: "save" },
  ], "updated");
  assert.equal([changed["title"], changed["location"]], ["Project Kickoff", "Zoom"]);
  const storm = firstOf([
    { type: "new", kind: "event", at: "2024-07-22T11:00" },
    write("title", "Brainstorming Session"),
    ...["Alexa Richardson", "James Anderson", "Sophie Taylor"].map((name) => ({ type: "add-guest", name }) as const),
    { type: "toggle-meeting" },
    { type: "save" },
    { type: "invite" },
  ], "added");
  assert.equal([storm["start"], storm["end"], storm["hasMeeting"]], [
    ...["2024-07-22T18:00:00.000Z", "2024-07-22T19:00:00.000Z", true],
  ]);
  assert.match(String(storm["meetingId"]), /^meet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
  assert.equal((storm["guests"] as { name: string }[]).map(({ name }) => name), [
    ...["Alexa Richardson", "James Anderson", "Sophie Taylor"],
  ]);
  const daily = after([
    { type: "new", kind: "event" },
    write("title", "Daily Standup"),
    { type: "choose", field: "repeat", value: "daily" },
    { type: "save" },
  ]);
  assert.is(daily.events.length - untouched.events.length, 167); // July 18 to December 31
});

test("the report says nothing of things that stayed as they were", () => {
  const nothing = { added: {}, deleted: {}, updated: {} };
  assert.equal(reportOf(untouched)["differences"], { events: nothing, calendars: nothing, joinedEvents: nothing });
  const color = reportOf(after([{ type: "color-calendar", id: "c3", color: "Sage" }]))["differences"] as {
    readonly calendars: unknown;
  };
  assert.equal(color.calendars, {
    ...nothing,
    updated: { c3: { id: "c3", name: "Personal", color: "#33b679" } },
  });
});
