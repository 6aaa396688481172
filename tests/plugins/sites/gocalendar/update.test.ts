import type { Event } from "../../../../plugins/sites/gocalendar/state/event.ts";
import { problemsOf } from "../../../../plugins/sites/gocalendar/state/form.ts";
import { initialState, noFaults } from "../../../../plugins/sites/gocalendar/state/initial.ts";
import { daysOfSeries, repeatName } from "../../../../plugins/sites/gocalendar/state/repeat.ts";
import { eventAt, pathOf } from "../../../../plugins/sites/gocalendar/state/route.ts";
import { blocksOf, eventsOn, firstHour, found, shownDays } from "../../../../plugins/sites/gocalendar/state/select.ts";
import type { FormField, GoCalendarState } from "../../../../plugins/sites/gocalendar/state/state.ts";
import { clock, monthAfter, readDate, readHour } from "../../../../plugins/sites/gocalendar/state/time.ts";
import { update } from "../../../../plugins/sites/gocalendar/state/update.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("gocalendar/update");
const start = initialState({});
const after = (events: readonly Event[], from: GoCalendarState = start): GoCalendarState => events.reduce(update, from);
const write = (field: FormField, text: string): Event => ({ type: "write", field, text });
const added = (state: GoCalendarState) => state.events.slice(start.events.length);
const fresh: Event = { type: "new", kind: "event" };
const save: Event = { type: "save" };
const idOf = (title: string): string => start.events.find((event) => event.title === title)!.id;

test("initialState holds about 300 events, 65 in July, and 13 tasks in four lists", () => {
  const july = start.events.filter((event) => event.start < "2024-08");
  assert.equal([start.events.length, july.length, start.tasks.length], [303, 67, 13]);
  assert.equal(new Set(start.tasks.map(({ list }) => list)).size, 4);
  assert.equal(JSON.parse(JSON.stringify(start)), initialState({}));
  // The seed that the benchmark's tasks speak of, in UTC.
  const utc = (title: string) => clock.instantOf(start.events.find((event) => event.title === title)!.start);
  assert.equal(["Project Sync", "Reading Time", "Breakfast Meeting with Client"].map(utc), [
    ...["2024-07-17T17:00:00.000Z", "2024-07-18T05:00:00.000Z", "2024-07-19T17:00:00.000Z"],
  ]);
});

test("clock.instantOf knows winter time", () => {
  assert.is(clock.instantOf("2024-11-02T10:00"), "2024-11-02T17:00:00.000Z");
  assert.is(clock.instantOf("2024-11-04T10:00"), "2024-11-04T18:00:00.000Z");
});

test("readDate and readHour read what people type", () => {
  const days = [
    "July 24",
    "jul 24, 2024",
    "7/24",
    "Wed, Jul 24",
    "2024-07-24",
    "July 24th",
    "tomorrow",
    "someday",
    "July 32",
  ];
  assert.equal(days.map(readDate), [...Array(6).fill("2024-07-24"), "2024-07-19", undefined, undefined]);
  const times = ["2:30 PM", "2:30", "8:15", "14:00", "noon", "12 am", "25:00"];
  assert.equal(times.map(readHour), ["14:30", "14:30", "08:15", "14:00", undefined, "00:00", undefined]);
});

test("a new event begins at the next hour, and its end follows its start until it is written", () => {
  const [event] = added(after([fresh, write("title", "Walk"), write("from", "2:15 PM"), save]));
  assert.equal([event!.start, event!.end], ["2024-07-18T14:15", "2024-07-18T15:15"]);
  const [late] = added(after([fresh, write("to", "11:30 PM"), save]));
  assert.equal([late!.title, late!.start, late!.end], ["(No title)", "2024-07-18T11:00", "2024-07-18T23:30"]);
});

test("save says beside the fields what is wrong, and saves nothing", () => {
  const state = after([fresh, write("day", "someday"), write("to", "9 AM"), save]);
  assert.equal([added(state), state.form!.isChecked], [[], true]);
  assert.equal(problemsOf(state.form!), { day: "Write a day such as July 24" });
  const early = after([write("day", "July 24"), save], state);
  assert.equal(problemsOf(early.form!), { to: "This is before the start" });
  assert.equal(problemsOf(after([{ type: "new", kind: "task" }, save]).form!), { title: "Give the task a title" });
  const days = after([fresh, { type: "toggle-all-day" }, write("endDay", "July 1"), save]);
  assert.equal(problemsOf(days.form!), { endDay: "This is before the first day" });
});

test("undo puts a deleted, moved, new or recoloured thing back", () => {
  const id = idOf("Project Sync");
  const ways: readonly (readonly Event[])[] = [
    [{ type: "delete", kind: "event", id }],
    [{ type: "move-event", id, to: "2024-07-18T15:00" }],
    [fresh, write("title", "Walk"), save],
    [{ type: "color-calendar", id: "c1", color: "Grape" }],
    [{ type: "delete-calendar", id: "c1" }, { type: "confirm" }],
    [{ type: "tick-task", id: "t2" }],
    [{ type: "delete", kind: "task", id: "t2" }],
  ];
  const things = ({ events, tasks, calendars }: GoCalendarState) =>
    [events, tasks, calendars].map((list) => [...list].sort((a, b) => a.id < b.id ? -1 : 1));
  for (const way of ways) {
    const done = after(way);
    assert.not.equal(things(done), things(start));
    assert.equal(things(after([{ type: "undo" }], done)), things(start));
  }
});

test("move-event keeps the length of an event", () => {
  const id = idOf("Dinner with Friends");
  const moved = after([{ type: "move-event", id, to: "2024-07-18T18:15" }]).events.find((event) => event.id === id)!;
  assert.equal([moved.start, moved.end], ["2024-07-18T18:15", "2024-07-18T19:45"]);
});

test("a series is written out, and deletes one of its events or all", () => {
  const made = after([fresh, write("title", "Stand-up"), { type: "choose", field: "repeat", value: "weekdays" }, save]);
  const series = added(made);
  assert.equal([series[0]!.start, series[1]!.start, series[2]!.start, series.at(-1)!.start], [
    ...["2024-07-18T11:00", "2024-07-19T11:00", "2024-07-22T11:00", "2024-12-31T11:00"],
  ]);
  const asked = after([{ type: "delete", kind: "event", id: series[1]!.id }], made);
  assert.is(added(after([{ type: "confirm" }], asked)).length, series.length - 1);
  assert.equal(added(after([{ type: "set-scope", scope: "all" }, { type: "confirm" }], asked)), []);
});

test("daysOfSeries knows short months and names each way", () => {
  assert.equal(daysOfSeries("2024-08-31", "monthly"), [
    ...["2024-08-31", "2024-09-30", "2024-10-31", "2024-11-30", "2024-12-31"],
  ]);
  assert.is(daysOfSeries("2024-07-18", "yearly").at(-1), "2028-07-18");
  assert.is(repeatName("weekly", "2024-07-18"), "Weekly on Thursday");
  assert.is(monthAfter("2024-12-31", 2), "2025-02-28");
});

test("new guests are asked about, and invited or not", () => {
  const form = [fresh, write("title", "Lunch"), write("guest", "pri"), { type: "commit-guest" }, save] as const;
  const asked = after(form);
  assert.equal(asked.question, { about: "invite" });
  assert.equal(added(after([save], asked)).map(({ guests, isSent }) => [guests, isSent]), [[
    ["Priya Raman"],
    undefined,
  ]]);
  assert.equal(added(after([{ type: "invite" }], asked)).map(({ isSent }) => isSent), [true]);
  assert.is(after([{ type: "escape" }], asked).form!.text.title, "Lunch");
});

test("what the configuration lets fail is not saved, and says so", () => {
  const failing = { ...start, faults: { ...noFaults, error_saving_event: true, error_editing_calendar: true } };
  const state = after([fresh, write("title", "Walk"), save], failing);
  assert.equal([added(state), state.failure, state.form!.text.title], [
    ...[[], "The event could not be saved. Try again later.", "Walk"],
  ]);
  const settings = after([{ type: "open-calendar-form", id: "c1" }, { type: "write-name", text: "Job" }, {
    type: "save-calendar",
  }], failing);
  assert.equal([settings.calendars, settings.failure], [
    start.calendars,
    "The calendar could not be saved. Try again later.",
  ]);
});

test("a calendar needs a name of its own", () => {
  const form: readonly Event[] = [{ type: "open-calendar-form", id: null }, { type: "write-name", text: " work " }];
  assert.equal(after([...form, { type: "save-calendar" }]).calendars, start.calendars);
  const made = after([...form, { type: "write-name", text: "Chess" }, { type: "save-calendar" }]);
  assert.equal(made.calendars.at(-1), { id: "c1001", name: "Chess", color: "Tangerine", isShown: true });
});

test("every page has a path, and the path leads back to it", () => {
  const ways: readonly (readonly [string, readonly Event[]])[] = [
    ["/calendar", []],
    ["/calendar/month/2024-08-18", [{ type: "show-span", span: "month" }, { type: "turn", by: 1 }]],
    ["/calendar/eventedit/e7", [{ type: "edit", kind: "event", id: "e7" }]],
    ["/calendar/eventedit/new", [fresh, { type: "more-options" }]],
    ["/calendar/settings/c2", [{ type: "open-calendar-form", id: "c2" }]],
    ["/tasks/Work", [{ type: "open-tasks", list: "Work" }]],
    ["/calendar/search?q=piano%20lesson", [{ type: "search", query: "piano lesson" }]],
    ["/calendar/search?q=mum%27s", [{ type: "search", query: "mum's" }]],
  ];
  for (const [path, way] of ways) {
    assert.is(pathOf(after(way)), path);
    assert.is(pathOf(after([eventAt(path)!])), path);
  }
  assert.equal(
    ["/", "/elsewhere", "/calendar/week/2024-99-99", "/tasks/Nothing"].map(eventAt),
    Array(4).fill(undefined),
  );
  assert.equal(eventAt("/calendar/tasks"), { type: "open-tasks", list: "" });
  assert.is(pathOf(after([{ type: "search", query: "half \ud83d" }])), "/calendar/search?q=half%20%EF%BF%BD");
});

test("the page shows what is asked for", () => {
  assert.equal(shownDays(start), ["15", "16", "17", "18", "19"].map((day) => `2024-07-${day}`));
  assert.is(shownDays({ span: "month", date: "2024-09-10" }).length, 35);
  assert.equal(eventsOn(start, "2024-07-19").map(({ title }) => title), [
    ...["Release freeze", "Breakfast Meeting with Client", "Release notes", "Movie night"],
  ]);
  const hidden = after([{ type: "toggle-calendar", id: "c1" }]);
  assert.equal(eventsOn(hidden, "2024-07-19").map(({ title }) => title), ["Movie night"]);
  assert.equal(found(start, "PROJECT sync").events.map(({ title }) => title), ["Project Sync"]);
  assert.equal([firstHour(start), firstHour(after([{ type: "new", kind: "event", at: "2024-07-18T05:00" }, save]))], [
    7,
    0,
  ]);
});

test("blocksOf lays side by side what overlaps", () => {
  const spans = [[0, 60], [30, 90], [60, 120], [200, 260]] as const;
  assert.equal(blocksOf(spans, (span) => span).map(({ column, columns }) => [column, columns]), [
    ...[[0, 2], [1, 2], [0, 2], [0, 1]],
  ]);
});
