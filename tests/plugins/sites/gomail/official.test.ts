import type { Event } from "../../../../plugins/sites/gomail/state/event.ts";
import { initialState } from "../../../../plugins/sites/gomail/state/initial.ts";
import { update } from "../../../../plugins/sites/gomail/state/update.ts";
import { gomail } from "../../../../plugins/sites/gomail/gomail.ts";
import { assert, suite } from "../../../harness.ts";
import { finishReport, judgeStrictly } from "./kit.ts";

const test = suite("gomail/official");
const initial = initialState({ mails: [] });
const config = { run_id: "7", task_id: "v2.gomail-1", latency: 0, removePopup: true };
const history = [{ type: "open", timestamp: "2024-07-18T16:00:00.000Z" }];
const after = (...events: Event[]) => events.reduce(update, initial);
const reportOf = (...events: Event[]) =>
  JSON.parse(JSON.stringify(finishReport({ initial, final: after(...events), history, config })));
const select = (id: string): Event => ({ type: "select", id });
const toTrash: Event = { type: "move", to: "trash" };

const write = (person: string, text = "Are you coming to the team dinner?"): Event[] => [
  { type: "compose" },
  { type: "compose-input", field: "toInput", text: `${person}@example.com` },
  { type: "compose-input", field: "subject", text: "Team dinner" },
  { type: "compose-input", field: "body", text },
  { type: "send" },
];

test("finishReport of an untouched mailbox holds the configuration and nothing of the state", () => {
  assert.equal(reportOf(), {
    actionhistory: history,
    config: { gomail: config },
    differences: { emails: { added: [], updated: [], deleted: [] } },
    initialfinaldiff: { added: { config: { gomail: config } }, deleted: {}, updated: {} },
  });
  assert.equal(Object.keys(reportOf()), ["actionhistory", "config", "differences", "initialfinaldiff"]);
});

test("finishReport names changed mails by id, and by their place in the state", () => {
  const { differences, initialfinaldiff } = reportOf(select("1"), toTrash);
  assert.equal(differences.emails, { added: [], updated: [{ id: "1", trash: true }], deleted: [] });
  assert.equal(initialfinaldiff.updated, {
    email: { emails: { 0: { trash: true } } },
    ui: { snackbar: { open: true, message: "Conversation moved to Trash" } },
  });
  const archived = reportOf(select("46"), select("47"), { type: "move", to: "archive" });
  assert.equal(archived.differences.emails.updated, [{ id: "46", archived: true }, { id: "47", archived: true }]);
  assert.equal(archived.initialfinaldiff.added.email, { emails: { 45: { archived: true }, 46: { archived: true } } });
});

test("finishReport shows a sent mail whole, its text as paragraphs of HTML", () => {
  const mail = {
    id: "57",
    from: "Fede Lopez",
    to: ["ashley.campbell@example.com"],
    cc: [],
    bcc: [],
    subject: "Team dinner",
    content: "<p>Dinner &lt;7 pm&gt; &amp; drinks?</p><p>Fede</p>",
    date: "2024-07-18",
    time: "09:02 AM",
    isRead: true,
    starred: false,
    labels: [],
    trash: false,
    spam: false,
    sent: true,
  };
  const { differences, initialfinaldiff } = reportOf(...write("ashley.campbell", "Dinner <7 pm> & drinks?\n\nFede"));
  assert.equal(differences.emails, { added: [mail], updated: [], deleted: [] });
  assert.equal(initialfinaldiff.added.email, { emails: { 56: mail } });
});

test("finishReport shows a new label, what was searched for, and ids of what was found", () => {
  const label = reportOf({ type: "new-label" }, { type: "label-input", text: "Support Emails" }, {
    type: "create-label",
  });
  assert.equal(label.initialfinaldiff.added.settings, { customLabels: { 3: { label: "Support Emails" } } });
  const found = reportOf({ type: "search-input", text: "uber" }, { type: "search" }).initialfinaldiff;
  assert.equal(found.added.filter, { searchResults: { 0: { id: "48" } } });
  assert.equal(found.updated.filter, { searchData: { hasWords: "uber" } });
  assert.is(found.updated.ui.searchInputValue, "uber");
});

test("finishReport keeps the other mails' places when one is deleted forever", () => {
  const gone = reportOf(select("1"), toTrash, { type: "open-list", folder: "trash" }, select("1"), {
    type: "delete-forever",
  });
  assert.equal(gone.differences.emails.deleted.map((mail: { id: string }) => mail.id), ["1"]);
  assert.equal([gone.differences.emails.updated, gone.initialfinaldiff.updated.email], [[], undefined]);
});

test("judgeStrictly says what is wrong: people, words, other mails, things left open", () => {
  const say = (id: string, ...events: Event[]) => judgeStrictly(`v2.gomail-${id}`, initial, after(...events)).reason;
  const dinner = write("ashley.campbell");
  assert.is(say("7", ...dinner), "all that was asked for was done, and nothing else");
  assert.is(say("7"), "no mail was sent");
  assert.is(
    say("7", ...write("carol.adams")),
    "the mail went to carol.adams@example.com instead of ashley.campbell@example.com alone",
  );
  assert.is(
    say("7", ...write("ashley.campbell", "Team dinner is at 7.")),
    'the mail says nothing of "come|coming|attend|join|rsvp|make it"',
  );
  assert.is(say("7", ...dinner, ...dinner), "another mail to ashley.campbell@example.com was sent");
  assert.is(say("7", ...dinner, select("1"), toTrash), '"Recap of the Monday meeting" was changed as well: folder');
  assert.is(say("7", ...dinner, ...write("carol.adams").slice(0, 3)), "a new message was begun and left open");
  assert.is(say("24", select("2"), toTrash), '"Recap of the Monday meeting" is not as asked: folder');
  assert.is(
    say("24", select("1"), select("2"), toTrash),
    '"Project update: deadline extended" was changed as well: folder',
  );
  assert.is(say("24", ...dinner, select("1"), toTrash), "another mail to ashley.campbell@example.com was sent");
  assert.is(say("24", { type: "open-mail", id: "1" }, toTrash), "all that was asked for was done, and nothing else");
});

const settings = (...inputs: Event[]): Event[] => [
  { type: "open-settings", tab: "general" },
  ...inputs,
  { type: "save-settings" },
];
const compose = (field: "cc" | "bcc", text: string): Event[] => [
  { type: "compose" },
  { type: "show-cc" },
  { type: "compose-input", field, text },
];
const newLabel = (name: string): Event[] => [
  { type: "new-label" },
  { type: "label-input", text: name },
  { type: "create-label" },
];

test("judgeStrictly refuses whatever else was done, in any part of the mailbox", () => {
  const right = newLabel("Support Emails");
  const besides: readonly (readonly [reason: string, ...events: Event[]])[] = [
    ["a new message was begun and left open", ...compose("cc", "ann@x.example")],
    ["a new message was begun and left open", ...compose("bcc", "ann@x.example")],
    ["settings were changed as well", ...settings({ type: "settings-choose", field: "pageSize", value: 10 })],
    ["settings were changed as well", ...settings({ type: "settings-input", field: "signature", text: "Fede" })],
    [
      "contacts were changed as well",
      { type: "delete-contact", address: "tom.becker@example.com" },
      { type: "confirm" },
    ],
    ["the new label is not Support Emails", ...newLabel("Odds")],
    [
      "the new label is not Support Emails",
      { type: "edit-label", label: "Work", to: "rename" },
      { type: "label-input", text: "Job" },
      { type: "confirm" },
    ],
    ['a draft "" was left behind', ...compose("cc", "ann@x.example"), { type: "close-compose" }],
    ['"Recap of the Monday meeting" was changed as well: isImportant', select("1"), {
      type: "mark-important",
      isImportant: true,
    }],
  ];
  assert.is(judgeStrictly("v2.gomail-16", initial, after(...right)).success, true);
  assert.is(judgeStrictly("v2.gomail-16", initial, after(...newLabel("support emails"))).success, true);
  for (const [reason, ...events] of besides) {
    const verdict = judgeStrictly("v2.gomail-16", initial, after(...right, ...events));
    assert.equal(verdict, { success: false, by: "gomail/v2.gomail-16", reason });
  }
});

test("judgeStrictly compares every part of the state that is not on screen, known today or not", () => {
  const done = after(...newLabel("Support Emails"));
  assert.equal(Object.keys(done).filter((part) => !gomail.rules.onScreen.includes(part as "menu")), [
    "emails",
    "labels",
    "contacts",
    "settings",
  ]);
  const later = { ...done, later: [] };
  const { success, reason } = judgeStrictly("v2.gomail-16", initial, later);
  assert.equal({ success, reason }, { success: false, reason: "later were changed as well" });
});
