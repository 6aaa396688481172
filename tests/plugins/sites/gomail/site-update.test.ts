import type { Event } from "../../../../plugins/sites/gomail/state/event.ts";
import { rowsOf, suggestionsFor } from "../../../../plugins/sites/gomail/state/select.ts";
import { initialState } from "../../../../plugins/sites/gomail/state/initial.ts";
import { listOf } from "../../../../plugins/sites/gomail/state/state.ts";
import type { Email, GoMailState } from "../../../../plugins/sites/gomail/state/state.ts";
import { update } from "../../../../plugins/sites/gomail/state/update.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("gomail update");

const start = initialState({ mails: [] });
const after = (...events: readonly Event[]): GoMailState => events.reduce(update, start);
const then = (state: GoMailState, ...events: readonly Event[]): GoMailState => events.reduce(update, state);
const mail = (state: GoMailState, id: string): Email | undefined => state.emails.find((e) => e.id === id);
const type = (field: "toInput" | "cc" | "bcc" | "subject" | "body", text: string): Event => ({
  type: "compose-input",
  field,
  text,
});
const opened = (id: string): Event => ({ type: "open-mail", id });
const selected = (id: string): Event => ({ type: "select", id });
const trash: Event = { type: "move", to: "trash" };
const undo: Event = { type: "undo" };

test("update stars and unstars one mail and nothing else", () => {
  const starred = after({ type: "star", id: "1" });
  assert.is(mail(starred, "1")?.isStarred, true);
  assert.equal({ ...then(starred, { type: "star", id: "1" }), clock: 0 }, start);
});

test("update marks an opened mail as read and shows it", () => {
  const state = after(opened("46"));
  assert.is(mail(state, "46")?.isRead, true);
  assert.equal(state.view, { name: "message", id: "46", back: listOf("inbox") });
});

test("update archives from the open mail, returns to the list, and undoes it", () => {
  const state = after(opened("2"), { type: "move", to: "archive" });
  assert.is(mail(state, "2")?.folder, "archive");
  assert.is(state.snackbar?.message, "Conversation archived");
  assert.equal(state.view, listOf("inbox"));
  const back = then(state, undo);
  assert.equal(back.emails, start.emails);
  assert.equal([back.snackbar?.message, back.snackbar?.undo], ["Action undone", null]);
});

test("update trashes a selection with a count, and leaves it from Trash in both directions", () => {
  const state = after(selected("2"), selected("1"), trash);
  assert.is(state.snackbar?.message, "2 conversations moved to Trash");
  assert.equal(rowsOf(state, listOf("trash")).map((e) => e.id), ["2", "1"]);
  const inTrash = then(state, { type: "open-list", folder: "trash" }, selected("2"));
  assert.is(mail(then(inTrash, { type: "move", to: "inbox" }), "2")?.folder, "inbox");
  const gone = then(inTrash, { type: "delete-forever" });
  assert.is(mail(gone, "2"), undefined);
  assert.is(gone.snackbar?.undo, null);
});

test("update returns an own mail from Trash to Sent", () => {
  const state = after({ type: "open-list", folder: "sent" }, selected("54"), trash);
  const back = then(state, { type: "open-list", folder: "trash" }, selected("54"), { type: "move", to: "inbox" });
  assert.is(mail(back, "54")?.folder, "sent");
});

test("update discards a selected draft and puts it back on undo", () => {
  const state = after({ type: "open-list", folder: "drafts" }, selected("55"), trash);
  assert.is(mail(state, "55"), undefined);
  assert.is(state.snackbar?.message, "Draft discarded");
  assert.equal(mail(then(state, undo), "55"), mail(start, "55"));
});

test("update marks a selection, and an open mail as unread with a way back", () => {
  const read = after(selected("46"), selected("48"), { type: "mark", isRead: true });
  assert.equal([mail(read, "46")?.isRead, mail(read, "48")?.isRead], [true, true]);
  assert.is(read.snackbar?.message, "2 conversations marked as read");
  const unread = after(opened("1"), { type: "mark", isRead: false });
  assert.equal([mail(unread, "1")?.isRead, unread.view.name], [false, "list"]);
});

test("update adds a label to all targets, takes it away when all have it, and closes the menu", () => {
  const menu: Event = { type: "toggle-menu", menu: "labels" };
  const label: Event = { type: "toggle-label", label: "Work" };
  const added = after(selected("1"), selected("2"), menu, label);
  assert.equal([mail(added, "1")?.labels, mail(added, "2")?.labels], [["Work"], ["Work"]]);
  assert.equal([added.menu, added.snackbar?.message], [null, 'Label "Work" added']);
  const removed = then(added, menu, label);
  assert.equal([mail(removed, "1")?.labels, mail(removed, "2")?.labels], [[], []]);
  assert.equal(then(removed, undo).emails, added.emails);
});

test("update makes a new label for the open mail, refuses a used name, and undoes both", () => {
  const dialog = after(opened("1"), { type: "new-label" }, { type: "label-input", text: " Trips " });
  const made = then(dialog, { type: "create-label" });
  assert.equal(made.labels, [...start.labels, "Trips"]);
  assert.equal(mail(made, "1")?.labels, ["Trips"]);
  assert.is(made.dialog, null);
  const back = then(made, undo);
  assert.equal([back.labels, back.emails], [start.labels, start.emails]);
  const refused = then(dialog, { type: "label-input", text: "INBOX" });
  assert.is(then(refused, { type: "create-label" }), refused);
});

test("update finds words, phrases and fields outside Trash and Spam", () => {
  const ids = (query: string, from = start): readonly string[] =>
    rowsOf(from, listOf("search", query)).map((e) => e.id);
  assert.equal(ids("canoe"), ["49"]);
  assert.equal(ids("from:uber"), ["48"]);
  assert.equal(ids('subject:"deadline extended"'), ["2"]);
  assert.equal(ids("from:jane is:starred project"), ["2"]);
  assert.equal(ids("anoe"), []);
  assert.equal(ids("canoe", after(selected("49"), trash)), []);
  const shown = after({ type: "search-input", text: "canoe" }, { type: "search" });
  assert.equal([shown.view, shown.searchInput], [listOf("search", "canoe"), "canoe"]);
  const cleared = then(shown, { type: "clear-search" });
  assert.equal([cleared.view, cleared.searchInput], [listOf("inbox"), ""]);
});

test("update turns pages, selects the page and then everything", () => {
  const older = after({ type: "turn-page", by: 1 });
  assert.equal(older.view, { ...listOf("inbox"), page: 1 });
  assert.is(then(older, { type: "turn-page", by: 1 }), older);
  const page = after({ type: "select-page" });
  assert.is(page.view.name === "list" && page.view.selected.length, 50);
  const all = then(page, { type: "select-all" }, trash);
  assert.equal(rowsOf(all, listOf("inbox")), []);
  assert.is(all.snackbar?.message, "54 conversations moved to Trash");
  assert.equal(then(page, { type: "select-page" }).view, listOf("inbox"));
});

test("update sends a composed mail to Sent with the time of the clock", () => {
  const state = after(
    { type: "compose" },
    type("toInput", "jane.smith@example.com"),
    { type: "commit-recipient", by: "blur" },
    type("subject", "Hi"),
    type("body", "One\n\nTwo"),
    { type: "send" },
  );
  assert.is(state.compose, null);
  assert.is(state.snackbar?.message, "Message sent");
  assert.equal(state.emails[0], {
    id: "57",
    from: "Fede Lopez",
    fromAddress: "fede.lopez@example.com",
    to: ["jane.smith@example.com"],
    cc: [],
    bcc: [],
    subject: "Hi",
    content: "One\n\nTwo",
    date: "2024-07-18",
    time: "09:02 AM",
    isRead: true,
    isStarred: false,
    labels: [],
    folder: "sent",
  });
  const back = then(state, undo);
  assert.equal(back.emails, start.emails);
  assert.is(back.compose?.body, "One\n\nTwo");
});

test("update accepts names, suggestions and lists as recipients", () => {
  const typed = after({ type: "compose" }, type("toInput", "jane smith, x@y.org, al"));
  assert.equal(typed.compose?.to, ["jane.smith@example.com", "x@y.org"]);
  assert.is(typed.compose?.toInput, "al");
  assert.equal(typed.compose && suggestionsFor(typed, typed.compose).map((c) => c.name), ["Alexa Richardson"]);
  const entered = then(typed, { type: "commit-recipient", by: "enter" });
  assert.equal(entered.compose?.to.at(-1), "alexa.richardson@example.com");
  const arrows = then(
    after({ type: "compose" }, type("toInput", "a")),
    { type: "move-suggestion", by: -1 },
    { type: "commit-recipient", by: "enter" },
  );
  assert.equal(arrows.compose?.to, ["carol.adams@example.com"]);
  const removed = then(entered, { type: "remove-recipient", address: "x@y.org" });
  assert.equal(removed.compose?.to, ["jane.smith@example.com", "alexa.richardson@example.com"]);
});

test("update refuses to send without a recipient or to a wrong address", () => {
  const alert = (...events: readonly Event[]): string | undefined =>
    after({ type: "compose" }, ...events, { type: "send" }).compose?.alert;
  assert.is(alert(), "Add at least one recipient");
  assert.is(alert(type("toInput", "nobody")), '"nobody" is not a valid address');
  assert.is(alert(type("toInput", "a@b.co"), type("cc", "c@d.co; e")), '"e" is not a valid address');
});

test("update saves a closed draft once, reopens it unchanged, and discards it with a way back", () => {
  const saved = after({ type: "compose" }, type("toInput", "bob"), type("body", "Text"), { type: "close-compose" });
  assert.equal([saved.emails[0]?.folder, saved.emails[0]?.to, saved.snackbar?.message], [
    "drafts",
    ["bob"],
    "Draft saved",
  ]);
  const open = then(saved, { type: "open-list", folder: "drafts" }, opened("57"));
  assert.equal([open.compose?.toInput, open.compose?.body, open.view.name], ["bob", "Text", "list"]);
  assert.equal(then(open, { type: "close-compose" }).emails, saved.emails);
  const discarded = then(open, { type: "discard-draft" });
  assert.equal(discarded.emails, start.emails);
  const back = then(discarded, undo);
  assert.equal([back.emails[0]?.id, back.compose?.body], ["57", "Text"]);
  assert.equal(after({ type: "compose" }, { type: "close-compose" }).emails, start.emails);
});

test("update answers a mail and everybody in it", () => {
  const sent = after(opened("2"), { type: "reply", all: false }, { type: "reply-input", text: "Fine" }, {
    type: "send-reply",
  });
  const { to, subject, content, replyTo, folder } = sent.emails[0] as Email;
  assert.equal({ to, subject, content, replyTo, folder }, {
    to: ["jane.smith@example.com"],
    subject: "Re: Project update: deadline extended",
    content: "Fine",
    replyTo: "2",
    folder: "sent",
  });
  assert.is(sent.view.name, "message");
  assert.equal([then(sent, undo).emails, then(sent, undo).compose?.body], [after(opened("2")).emails, "Fine"]);
  assert.equal(after(opened("2"), { type: "reply", all: true }).reply?.to, [
    "jane.smith@example.com",
    "kevin.moore@example.com",
    "carol.adams@example.com",
  ]);
});

test("update keeps a begun answer as a draft when its mail is left, and drops a discarded one", () => {
  const begun = after(opened("2"), { type: "reply", all: false }, { type: "reply-input", text: "Fi" });
  const left = then(begun, { type: "back" });
  assert.equal([left.emails[0]?.folder, left.emails[0]?.replyTo, left.snackbar?.message, left.reply], [
    "drafts",
    "2",
    "Draft saved",
    null,
  ]);
  assert.equal(then(begun, { type: "discard-reply" }, { type: "back" }).emails, start.emails);
});

test("update lets a snackbar go with the second further action, typing not counted", () => {
  const shown = after(selected("1"), trash);
  const typed = then(shown, { type: "search-input", text: "abc" });
  const one = then(typed, { type: "star", id: "2" });
  assert.equal([typed.clock, one.snackbar?.message], [2, "Conversation moved to Trash"]);
  assert.is(then(one, { type: "star", id: "2" }).snackbar, null);
});

test("update closes the topmost thing on Escape", () => {
  const escape: Event = { type: "escape", inCompose: true };
  const menu = after(selected("1"), { type: "toggle-menu", menu: "labels" });
  assert.is(then(menu, escape).menu, null);
  assert.is(then(menu, { type: "new-label" }, escape).dialog, null);
  const typing = after({ type: "compose" }, type("toInput", "ja"));
  const hidden = then(typing, escape);
  assert.equal([hidden.compose?.suggesting, then(hidden, escape).compose], [false, null]);
  assert.is(then(typing, { type: "escape", inCompose: false }), typing);
});

test("update never changes the state it was given", () => {
  const frozen = deepFreeze(initialState({ mails: [] }));
  const events: readonly Event[] = [selected("1"), { type: "star", id: "1" }, trash, undo, { type: "compose" }];
  events.reduce((state, event) => deepFreeze(update(state, event)), frozen);
});

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
