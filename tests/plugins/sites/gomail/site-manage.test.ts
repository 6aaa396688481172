import type { Event } from "../../../../plugins/sites/gomail/state/event.ts";
import { rowsOf, shownRows, suggestionsFor } from "../../../../plugins/sites/gomail/state/select.ts";
import { isAway } from "../../../../plugins/sites/gomail/state/settings.ts";
import { shortcutOf } from "../../../../plugins/sites/gomail/state/shortcuts.ts";
import { defaultSettings } from "../../../../plugins/sites/gomail/state/preferences.ts";
import { initialState } from "../../../../plugins/sites/gomail/state/initial.ts";
import { listOf } from "../../../../plugins/sites/gomail/state/state.ts";
import type { Settings } from "../../../../plugins/sites/gomail/state/preferences.ts";
import type { Email, GoMailState } from "../../../../plugins/sites/gomail/state/state.ts";
import { update } from "../../../../plugins/sites/gomail/state/update.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("gomail manage");
const start = initialState({ mails: [] });
const then = (state: GoMailState, ...events: readonly Event[]): GoMailState => events.reduce(update, state);
const after = (...events: readonly Event[]): GoMailState => then(start, ...events);
const mail = (state: GoMailState, id: string): Email | undefined => state.emails.find((e) => e.id === id);
const confirm: Event = { type: "confirm" };
const undo: Event = { type: "undo" };
const fill = (field: string, text: string): Event => ({ type: "dialog-input", field, text });
const set = (field: keyof Settings, text: string): Event => ({ type: "settings-input", field, text });

test("update renames a label on all its mails and in its open list, and undoes it", () => {
  const dialog = after({ type: "open-list", folder: "label:Work" }, {
    type: "edit-label",
    label: "Work",
    to: "rename",
  });
  const taken = then(dialog, { type: "label-input", text: "personal" });
  assert.is(then(taken, confirm), taken);
  const renamed = then(dialog, { type: "label-input", text: "Job" }, confirm);
  assert.equal([renamed.labels, renamed.view, renamed.snackbar?.message], [
    ["Job", "Personal", "Receipts"],
    listOf("label:Job"),
    'Label "Work" renamed to "Job"',
  ]);
  assert.equal(rowsOf(renamed, listOf("label:Job")).map((e) => e.id), ["2", "23"]);
  const back = then(renamed, undo);
  assert.equal([back.labels, back.emails, back.view], [start.labels, start.emails, listOf("inbox")]);
});

test("update deletes a label from all its mails and leaves its list, and undoes it", () => {
  const gone = after({ type: "open-list", folder: "label:Receipts" }, {
    type: "edit-label",
    label: "Receipts",
    to: "delete",
  }, confirm);
  assert.equal([gone.labels, mail(gone, "48")?.labels, gone.view, gone.snackbar?.message], [
    ["Work", "Personal"],
    [],
    listOf("inbox"),
    'Label "Receipts" deleted',
  ]);
  assert.equal([then(gone, undo).labels, then(gone, undo).emails], [start.labels, start.emails]);
});

test("update adds, changes and deletes contacts, which the composer then offers", () => {
  const added = after(
    { type: "open-contacts" },
    { type: "edit-contact", address: "" },
    fill("fullName", "Bo Berg"),
    fill("email", "bo@berg.org"),
    confirm,
  );
  assert.equal([added.contacts.length, added.contacts[4], added.snackbar?.message], [
    16,
    { name: "Bo Berg", address: "bo@berg.org" },
    "Contact added",
  ]);
  const typing = then(added, { type: "compose" }, { type: "compose-input", field: "toInput", text: "bo" });
  assert.equal(typing.compose && suggestionsFor(typing, typing.compose).map((c) => c.address), ["bo@berg.org"]);
  const edit: Event = { type: "edit-contact", address: "bo@berg.org" };
  const twice = then(added, edit, fill("email", "jane.smith@example.com"));
  assert.is(then(twice, confirm), twice);
  const changed = then(added, edit, fill("fullName", "Zoe Berg"), confirm);
  assert.equal(changed.contacts.at(-1), { name: "Zoe Berg", address: "bo@berg.org" });
  const gone = then(added, { type: "delete-contact", address: "bo@berg.org" }, confirm);
  assert.equal([gone.contacts, then(gone, undo).contacts], [start.contacts, added.contacts]);
  assert.equal(after({ type: "compose", to: "jane.smith@example.com" }).compose?.to, ["jane.smith@example.com"]);
});

test("update keeps edited settings apart until they are saved", () => {
  const edited = after({ type: "open-settings", tab: "general" }, {
    type: "settings-choose",
    field: "pageSize",
    value: 10,
  }, {
    type: "open-settings",
    tab: "appearance",
  }, { type: "settings-choose", field: "theme", value: "dark" });
  assert.equal([edited.settings, edited.view.name], [defaultSettings, "settings"]);
  assert.equal(then(edited, { type: "open-list", folder: "inbox" }).settings, defaultSettings);
  const saved = then(edited, { type: "save-settings" });
  assert.equal([saved.settings, saved.view, saved.snackbar?.message], [
    { ...defaultSettings, pageSize: 10, theme: "dark" },
    listOf("inbox"),
    "Settings saved",
  ]);
  assert.is(shownRows(saved).shown.length, 10);
  const last = then(saved, ...Array.from({ length: 9 }, (): Event => ({ type: "turn-page", by: 1 })));
  assert.equal([shownRows(last).first, shownRows(last).shown.length], [50, 4]);
});

test("update puts the signature under sent mail, not under drafts", () => {
  const signed = after({ type: "open-settings", tab: "general" }, set("signature", "Fede\nSan Francisco"), {
    type: "save-settings",
  });
  const written = then(signed, { type: "compose", to: "a@b.co" }, {
    type: "compose-input",
    field: "body",
    text: "Hello",
  });
  assert.is(then(written, { type: "send" }).emails[0]?.content, "Hello\n\nFede\nSan Francisco");
  assert.is(then(written, { type: "close-compose" }).emails[0]?.content, "Hello");
  const answered = then(signed, { type: "open-mail", id: "2" }, { type: "reply", all: false }, {
    type: "reply-input",
    text: "Fine",
  }, { type: "send-reply" });
  assert.is(answered.emails[0]?.content, "Fine\n\nFede\nSan Francisco");
});

test("update turns the vacation responder on with a message and valid days, and off again", () => {
  const on: Event[] = [{ type: "open-settings", tab: "vacation" }, {
    type: "settings-choose",
    field: "vacation",
    value: "on",
  }];
  const save: Event = { type: "save-settings" };
  const alert = (...events: Event[]): string | undefined => {
    const { view } = after(...on, ...events, save);
    return view.name === "settings" ? view.alert : undefined;
  };
  assert.is(alert(), "Write a subject or a message");
  assert.is(alert(set("vacationText", "Away"), set("vacationFrom", "soon")), "Write dates as 2024-07-22");
  assert.is(
    alert(set("vacationText", "Away"), set("vacationFrom", "2024-07-20"), set("vacationTo", "2024-07-19")),
    "The last day lies before the first one",
  );
  const away = after(...on, set("vacationText", "Away"), set("vacationFrom", "7/18/2024"), save);
  assert.equal([away.settings.vacation, away.settings.vacationFrom, isAway(away)], ["on", "2024-07-18", true]);
  assert.is(isAway(after(...on, set("vacationText", "Away"), set("vacationFrom", "Jul 20"), save)), false);
  assert.is(isAway(then(away, { type: "end-vacation" })), false);
});

test("update empties Trash and Spam for good", () => {
  const full = after({ type: "select", id: "1" }, { type: "select", id: "2" }, { type: "move", to: "trash" }, {
    type: "open-list",
    folder: "trash",
  });
  const asked = then(full, { type: "empty", folder: "trash" });
  assert.is(asked.emails.length, 56);
  const empty = then(asked, confirm);
  assert.equal([empty.emails.length, empty.dialog, empty.snackbar?.message, empty.snackbar?.undo], [
    54,
    null,
    "2 conversations deleted forever",
    null,
  ]);
});

test("update reports spam and takes it back", () => {
  const spam = after({ type: "open-mail", id: "10" }, { type: "move", to: "spam" });
  assert.equal([mail(spam, "10")?.folder, spam.snackbar?.message], ["spam", "Conversation moved to Spam"]);
  const back = then(spam, { type: "open-list", folder: "spam" }, { type: "select", id: "10" }, {
    type: "move",
    to: "inbox",
  });
  assert.is(mail(back, "10")?.folder, "inbox");
});

test("update marks all targets important or starred, and none when all are", () => {
  const both: Event[] = [{ type: "select", id: "1" }, { type: "select", id: "2" }];
  const important = after(...both, { type: "mark-important", isImportant: true });
  assert.equal(rowsOf(important, listOf("important")).map((e) => e.id), ["2", "1"]);
  assert.equal(then(important, { type: "mark-important", isImportant: false }).emails, start.emails);
  const starred = after(...both, { type: "star-targets" });
  assert.equal([mail(starred, "1")?.isStarred, mail(starred, "2")?.isStarred], [true, true]);
  const none = then(starred, { type: "star-targets" });
  assert.equal([mail(none, "1")?.isStarred, mail(none, "2")?.isStarred], [false, false]);
});

test("update forwards a mail with its text quoted", () => {
  const { compose } = after({ type: "open-mail", id: "47" }, { type: "forward" });
  assert.equal([compose?.subject, compose?.to], ["Fwd: Slides for this afternoon", []]);
  assert.match(compose?.body ?? "", "From: Tom Becker <tom.becker@example.com>\nDate: Jul 18, 2024, 8:41 AM\n");
  assert.match(compose?.body ?? "", "I moved the roadmap to slide three");
});

test("update steps through mails by keyboard, in a list and from mail to mail", () => {
  const by = (n: 1 | -1): Event => ({ type: "step-mail", by: n });
  const list = after(by(1), by(1), by(-1), by(-1));
  assert.equal(list.view, { ...listOf("inbox"), cursor: "53" });
  const open = after({ type: "open-mail", id: "53" }, by(1));
  assert.is(open.view.name === "message" && open.view.id, "47");
  assert.equal(then(open, by(-1), by(-1)).view, then(open, by(-1)).view);
});

test("shortcutOf gives the keys their meaning where they have one", () => {
  const open = after({ type: "open-mail", id: "2" });
  const keys = (state: GoMailState, text: string) => [...text].map((key) => shortcutOf(state, key));
  assert.equal(keys(start, "c/?ue#x"), [
    { type: "compose" },
    "search",
    { type: "open-dialog", name: "shortcuts" },
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  assert.equal(keys(open, "e#!rafsuIUb"), [
    { type: "move", to: "archive" },
    { type: "move", to: "trash" },
    { type: "move", to: "spam" },
    { type: "reply", all: false },
    { type: "reply", all: true },
    { type: "forward" },
    { type: "star-targets" },
    { type: "back" },
    { type: "mark", isRead: true },
    { type: "mark", isRead: false },
    { type: "toggle-menu", menu: "snooze" },
  ]);
  const at = after({ type: "step-mail", by: 1 });
  assert.equal(keys(at, "xo"), [{ type: "select", id: "53" }, { type: "open-mail", id: "53" }]);
  assert.is(shortcutOf({ ...start, settings: { ...defaultSettings, shortcuts: "off" } }, "c"), undefined);
  assert.is(shortcutOf(after({ type: "new-label" }), "c"), undefined);
});
