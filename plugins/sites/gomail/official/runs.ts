// What a user does for each REAL task on the mail site, and what one does who gets it nearly right.
import type { Event } from "../state/event.ts";
import { rowsOf } from "../state/select.ts";
import { initialState } from "../state/initial.ts";
import { type GoMailState, listOf } from "../state/state.ts";
import { update } from "../state/update.ts";
import type { Scripted } from "halo-agent/site";

type Run = readonly Event[];

export const untouched: GoMailState = initialState({ mails: [] });

/** The state after a run. */
export function after(run: Run): GoMailState {
  return run.reduce(update, untouched);
}

const toTrash: Event = { type: "move", to: "trash" };
const inbox: Event = { type: "open-list", folder: "inbox" };
const emptied: Event[] = [inbox, { type: "select-all" }, toTrash];
const pick = (...ids: number[]): Event[] => ids.map((id) => ({ type: "select", id: String(id) }));
const search = (text: string): Event[] => [{ type: "search-input", text }, { type: "search" }];
/** Searches, ticks what is found and moves it to Trash. */
const clear = (words: string): Event[] => [...search(words), { type: "select-all" }, toTrash];
/** Ticks these rows of the inbox, on whatever page, and moves them to Trash. */
const trash = (...ids: number[]): Event[] => [inbox, ...pick(...ids), toTrash];

function write(person: string, subject: string, body: string): Event[] {
  return [
    { type: "compose" },
    { type: "compose-input", field: "toInput", text: `${person.toLowerCase().replace(" ", ".")}@example.com` },
    { type: "commit-recipient", by: "enter" },
    { type: "compose-input", field: "subject", text: subject },
    { type: "compose-input", field: "body", text: body },
    { type: "send" },
  ];
}

/** A task that one mail to one person solves; the scripts look at that mail and at nothing else. */
function mailTo(
  person: string,
  other: string,
  [subject, body]: readonly [string, string],
  loose: Scripted<Event>["loose"] = [],
): Scripted<Event> {
  const right = write(person, subject, body);
  return {
    right,
    near: { how: `the same mail to ${other}`, run: write(other, subject, body) },
    loose: [...loose, { how: "the inbox emptied as well", run: [...right, ...emptied] }],
  };
}

const answer = (id: string): Event[] => [
  inbox,
  { type: "open-mail", id },
  { type: "reply", all: false },
  { type: "reply-input", text: "Thank you, the new date works for me." },
  { type: "send-reply" },
];

const newLabel = (
  name: string,
): Event[] => [{ type: "new-label" }, { type: "label-input", text: name }, { type: "create-label" }];
const allRead: Event[] = [inbox, { type: "select-all" }, { type: "mark", isRead: true }];
const archive = (...ids: number[]): Event[] => [inbox, ...pick(...ids), { type: "move", to: "archive" }];
const snooze = (id: number, until: string): Event[] => [inbox, ...pick(id), { type: "snooze", until }];
const starred: Event = { type: "open-list", folder: "starred" };
const permit: readonly [string, string] = ["Signing my work permit", "Could you sign my work permit this week?"];
const old = [52, 50, 38, 36, 56];
const fiftyRows = rowsOf(untouched, listOf("inbox")).slice(0, 50).map((mail) => Number(mail.id));

/** Every v2 task of the site. */
export const runs: Readonly<Record<string, Scripted<Event>>> = {
  "v2.gomail-1": {
    right: [...allRead, ...clear("amazon"), ...trash(22)],
    near: { how: "all read, only three of the four mails deleted", run: [...allRead, ...trash(7, 28, 45)] },
    loose: [{ how: "all read, four other mails deleted", run: [...allRead, ...trash(8, 9, 10, 11)] }],
  },
  "v2.gomail-2": {
    right: [...clear("notifications"), ...clear("uber")],
    near: { how: "Uber's mail left, another one taken", run: [...clear("notifications"), ...trash(47)] },
    loose: [{
      how: "five more mails taken along",
      run: [...clear("notifications"), ...clear("uber"), ...trash(8, 9, 10, 11, 12)],
    }],
  },
  "v2.gomail-4": mailTo("Alexa Richardson", "Angela White", ["Files", "Please let me know when the files come in."]),
  "v2.gomail-5": {
    right: [starred, { type: "select-all" }, toTrash, ...write("Alexa Richardson", ...permit)],
    near: {
      how: "the mail sent to Carol",
      run: [starred, { type: "select-all" }, toTrash, ...write("Carol Adams", ...permit)],
    },
    loose: [],
  },
  "v2.gomail-7": mailTo("Ashley Campbell", "Carol Adams", ["Team dinner", "Are you coming to the team dinner?"]),
  "v2.gomail-8": mailTo("Kevin Moore", "Brian King", ["Project", "Could you send me the project details?"]),
  "v2.gomail-9": mailTo("Barbara Thomas", "Brian King", ["Project plan", "Here are my notes on the project plan."]),
  "v2.gomail-11": {
    right: trash(...old),
    near: { how: "a mail of May 28 taken for old", run: trash(45) },
    loose: [
      { how: "one of the five old mails", run: trash(52) },
      { how: "the newest mail of all", run: trash(53) },
    ],
  },
  "v2.gomail-12": mailTo("Charles Davis", "Carol Adams", ["New clients", "Have you found any new clients?"]),
  "v2.gomail-13": mailTo(
    "Carol Adams",
    "Charles Davis",
    ["Meeting moved", "The meeting is now at 8:30 AM."],
    [{ how: "the same mail to Carol at another firm", run: writeTo("carol@elsewhere.example") }],
  ),
  "v2.gomail-14": {
    right: [inbox, { type: "select-page" }, toTrash],
    near: { how: "the mails of the second page as well", run: emptied },
    loose: [{ how: "one mail", run: trash(47) }],
  },
  "v2.gomail-15": mailTo("Danielle Foster", "Ashley Campbell", [
    "System update",
    "The new system update has been launched.",
  ]),
  "v2.gomail-16": {
    right: newLabel("Support Emails"),
    near: { how: "a label of another name", run: newLabel("Support") },
    loose: [{ how: "put on a mail as well", run: [inbox, ...pick(9), ...newLabel("Support Emails")] }],
  },
  "v2.gomail-17": {
    right: archive(46, 47, 48),
    near: { how: "yesterday's mail for one of today's", run: archive(46, 47, 2) },
    loose: [{ how: "the three mails in Trash", run: trash(46, 47, 48) }],
  },
  "v2.gomail-18": mailTo("Brian King", "Barbara Thomas", ["Meeting notes", "Please send me the meeting notes."]),
  "v2.gomail-19": mailTo("Angela White", "Alexa Richardson", ["FTA", "When do you go on FTA?"]),
  "v2.gomail-20": {
    right: emptied,
    near: { how: "one mail", run: trash(47) },
    loose: [
      { how: "the first page", run: trash(...fiftyRows) },
      { how: "two mails", run: trash(46, 47) },
    ],
  },
  "v2.gomail-21": {
    right: snooze(51, "2024-07-25T08:00"),
    near: { how: "a support mail snoozed", run: snooze(44, "2024-07-25T08:00") },
    loose: [{ how: "snoozed until tomorrow", run: snooze(51, "2024-07-19T08:00") }],
  },
  "v2.gomail-23": {
    right: [...answer("2"), ...clear("support")],
    near: { how: "the answer sent to John Doe", run: [...answer("1"), ...clear("support")] },
    loose: [{
      how: "ten newsletters and offers deleted instead",
      run: [...answer("2"), ...trash(3, 4, 5, 6, 7, 8, 10, 11, 12, 14)],
    }],
  },
  "v2.gomail-24": {
    right: trash(1),
    near: { how: "Jane Smith's mail", run: trash(2) },
    loose: [{ how: "the whole inbox", run: emptied }],
  },
  "v2.gomail-26": {
    right: clear("noreply"),
    near: { how: "four of five, and a support mail", run: trash(3, 14, 34, 40, 9) },
    loose: [],
  },
};

function writeTo(address: string): Event[] {
  return write("Carol Adams", "Meeting moved", "The meeting is now at 8:30 AM.").map((event) =>
    event.type === "compose-input" && event.field === "toInput" ? { ...event, text: address } : event
  );
}
