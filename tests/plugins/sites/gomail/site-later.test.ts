import { readTime } from "../../../../core/site.ts";
import type { Event } from "../../../../plugins/sites/gomail/state/event.ts";
import { readMoment } from "../../../../plugins/sites/gomail/state/later.ts";
import { countOf, rowsOf } from "../../../../plugins/sites/gomail/state/select.ts";
import { initialState } from "../../../../plugins/sites/gomail/state/initial.ts";
import { listOf } from "../../../../plugins/sites/gomail/state/state.ts";
import type { Email, GoMailState } from "../../../../plugins/sites/gomail/state/state.ts";
import { readDay, sendPresets, snoozePresets } from "../../../../plugins/sites/gomail/state/time.ts";
import { update } from "../../../../plugins/sites/gomail/state/update.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("gomail later");
const start = initialState({ mails: [] });
const then = (state: GoMailState, ...events: readonly Event[]): GoMailState => events.reduce(update, state);
const after = (...events: readonly Event[]): GoMailState => then(start, ...events);
const mail = (state: GoMailState, id: string): Email | undefined => state.emails.find((e) => e.id === id);
const select = (...ids: string[]): Event[] => ids.map((id) => ({ type: "select", id }));
const write: Event[] = [
  { type: "compose" },
  { type: "compose-input", field: "toInput", text: "jane.smith@example.com" },
  { type: "compose-input", field: "subject", text: "Hi" },
];

test("presets name the next moments of the site's clock, a Thursday morning", () => {
  assert.equal(snoozePresets(0).map(({ at }) => at), [
    "2024-07-18T18:00",
    "2024-07-19T08:00",
    "2024-07-20T08:00",
    "2024-07-22T08:00",
  ]);
  assert.equal(snoozePresets(600).map(({ name }) => name), ["Tomorrow", "This weekend", "Next week"]);
  assert.equal(sendPresets(0).map(({ at }) => at), ["2024-07-19T08:00", "2024-07-19T13:00", "2024-07-22T08:00"]);
});

test("readDay and readTime take what people write, and nothing else", () => {
  const days = ["2024-07-25", "7/5/2024", "Jul 25", "July 5, 2025", "2024-02-30", "soon", ""];
  assert.equal(days.map(readDay), [
    "2024-07-25",
    "2024-07-05",
    "2024-07-25",
    "2025-07-05",
    undefined,
    undefined,
    undefined,
  ]);
  const times = ["8:00 AM", "8 pm", "12 am", "12:30 PM", "20:15", "13 pm", "0 am", "24:00", "8:61"];
  assert.equal(times.map(readTime), [
    "08:00",
    "20:00",
    "00:00",
    "12:30",
    "20:15",
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  assert.equal(readMoment({ date: "2024-07-18", time: "8:00 AM" }, 0), { problem: "Choose a time in the future" });
});

test("update snoozes a selection out of the inbox, brings it back, and undoes it", () => {
  const asleep = after(...select("1", "2"), { type: "snooze", until: "2024-07-25T08:00" });
  assert.is(asleep.snackbar?.message, "2 conversations snoozed until Thu, Jul 25, 8:00 AM");
  assert.equal([mail(asleep, "1")?.folder, mail(asleep, "1")?.snoozedUntil], ["inbox", "2024-07-25T08:00"]);
  assert.is(rowsOf(asleep, listOf("inbox")).length, 52);
  assert.equal(rowsOf(asleep, listOf("snoozed")).map((e) => e.id), ["2", "1"]);
  assert.equal(then(asleep, { type: "undo" }).emails, start.emails);
  const back = then(asleep, { type: "open-list", folder: "snoozed" }, ...select("2"), { type: "unsnooze" });
  assert.equal([mail(back, "2"), rowsOf(back, listOf("snoozed")).length], [mail(start, "2"), 1]);
  const archived = then(asleep, { type: "open-list", folder: "snoozed" }, ...select("1"), {
    type: "move",
    to: "archive",
  });
  assert.equal([mail(archived, "1")?.folder, mail(archived, "1")?.snoozedUntil], ["archive", undefined]);
});

test("update snoozes until a day and time of the dialog, and refuses the past", () => {
  const open = after({ type: "open-mail", id: "51" }, { type: "open-dialog", name: "snooze" });
  const past = then(open, { type: "dialog-input", field: "date", text: "2024-07-01" });
  assert.is(then(past, { type: "confirm" }), past);
  const asleep = then(
    open,
    { type: "dialog-input", field: "date", text: "Jul 25" },
    { type: "dialog-input", field: "time", text: "9 am" },
    { type: "confirm" },
  );
  assert.equal([mail(asleep, "51")?.snoozedUntil, asleep.dialog, asleep.view], [
    "2024-07-25T09:00",
    null,
    listOf("inbox"),
  ]);
});

test("update snoozes received mail only", () => {
  const sent = after({ type: "open-list", folder: "sent" }, ...select("54"), {
    type: "snooze",
    until: "2024-07-25T08:00",
  });
  assert.equal([sent.emails, sent.snackbar?.message], [start.emails, "Only received mail can be snoozed"]);
});

test("update wakes what is due at the top of the inbox", () => {
  const asleep = after(
    ...select("1"),
    { type: "move", to: "archive" },
    { type: "open-list", folder: "archive" },
    ...select("1"),
    {
      type: "snooze",
      until: "2024-07-18T18:00",
    },
  );
  const night = then({ ...asleep, clock: 540 }, { type: "star", id: "2" });
  assert.equal([rowsOf(night, listOf("inbox"))[0]?.id, mail(night, "1")?.snoozedUntil], ["1", undefined]);
});

test("update schedules a mail, lists it, cancels and undoes it", () => {
  const at = "2024-07-19T08:00";
  const waiting = after(...write, { type: "schedule-send", at });
  assert.equal([waiting.compose, waiting.snackbar?.message], [null, "Send scheduled for Fri, Jul 19, 8:00 AM"]);
  const { id, to, folder, date, time, sendAt } = rowsOf(waiting, listOf("scheduled"))[0] as Email;
  assert.equal([id, to, folder, date, time, sendAt], [
    "57",
    ["jane.smith@example.com"],
    "scheduled",
    "2024-07-19",
    "08:00 AM",
    at,
  ]);
  assert.is(countOf(waiting, "scheduled"), 1);
  assert.equal([then(waiting, { type: "undo" }).emails, then(waiting, { type: "undo" }).compose?.subject], [
    start.emails,
    "Hi",
  ]);
  const draft = then(waiting, { type: "open-list", folder: "scheduled" }, { type: "open-mail", id: "57" }, {
    type: "cancel-send",
  });
  assert.equal([mail(draft, "57")?.folder, mail(draft, "57")?.sendAt, draft.compose?.to], [
    "drafts",
    undefined,
    ["jane.smith@example.com"],
  ]);
});

test("update schedules by the dialog, says what is missing in the composer, and sends when it is due", () => {
  const refused = after({ type: "compose" }, { type: "open-dialog", name: "schedule" }, { type: "confirm" });
  assert.equal([refused.dialog, refused.compose?.alert], [null, "Add at least one recipient"]);
  const waiting = after(
    ...write,
    { type: "open-dialog", name: "schedule" },
    {
      type: "dialog-input",
      field: "date",
      text: "2024-07-18",
    },
    { type: "dialog-input", field: "time", text: "10:00" },
    { type: "confirm" },
  );
  const later = then({ ...waiting, clock: 60 }, { type: "star", id: "2" });
  assert.equal([later.emails[0]?.id, later.emails[0]?.folder, later.emails[0]?.time, later.emails[0]?.sendAt], [
    "57",
    "sent",
    "10:00 AM",
    undefined,
  ]);
});
