import { pageOf, rowsOf } from "../state/select.ts";
import { listOf } from "../state/state.ts";
import type { Email, GoMailState } from "../state/state.ts";

/** What a goal asks for, and with it all that may be done. Mails may always have been read. */
export interface Rule {
  /** What the fields of a mail that must change must become, also in the light of what became of it. */
  readonly change?: (was: Email, is: Email) => Partial<Email> | undefined;
  /** What is wrong with the one mail that must be sent, "" when it is right; without it nothing may be sent. */
  readonly send?: (mail: Email) => string;
  /** Names of labels that must be new, in any case. */
  readonly labels?: readonly string[];
}

type Test = (mail: Email) => boolean;

/** Day on which every mailbox opens, the last one that is more than two months ago, and the one seven days later. */
const [today, longAgo, weekLater] = ["2024-07-18", "2024-05-17", "2024-07-25"];

/** The readings that the goal of each REAL task on this site allows, by task id, each a whole rule. */
export const readings: Readonly<Record<string, (before: GoMailState) => readonly Rule[]>> = {
  "v2.gomail-1": () => [{ change: (m, is) => ({ isRead: true, ...trash(isAmazons)(m, is) }) }],
  "v2.gomail-2": () => [{ change: trash((m) => /\buber\b|\bnotifications?\b/i.test(head(m))) }],
  "v2.gomail-4": () => [{ send: to("alexa.richardson", ["let me know", "file"]) }],
  "v2.gomail-5": () => [{ change: trash((m) => m.isStarred), send: to("alexa.richardson", ["work permit"]) }],
  "v2.gomail-7": () => [{ send: to("ashley.campbell", ["team dinner", "come|coming|attend|join|rsvp|make it"]) }],
  "v2.gomail-8": () => [{ send: to("kevin.moore", ["project", "detail"]) }],
  "v2.gomail-9": () => [{ send: to("barbara.thomas", ["project plan"]) }],
  "v2.gomail-11": () => [{ change: trash(isOld) }, { change: trash(isOld, ["inbox", "sent"]) }],
  "v2.gomail-12": () => [{ send: to("charles.davis", ["new", "client"]) }],
  "v2.gomail-13": () => [{ send: to("carol.adams", ["meeting", "8:30|08:30|8.30"]) }],
  "v2.gomail-14": (before) => [{ change: trash((m) => firstPage(before).includes(m)) }],
  "v2.gomail-15": () => [{ send: to("danielle.foster", ["update", "launch|release|live|deploy|roll"]) }],
  "v2.gomail-16": () => [{ labels: ["Support Emails"] }],
  "v2.gomail-17": () => [{ change: (m) => isReceived(m) && m.date === today ? { folder: "archive" } : undefined }],
  "v2.gomail-18": () => [{ send: to("brian.king", ["meeting", "notes", "send|share|forward|provide"]) }],
  "v2.gomail-19": () => [{ send: to("angela.white", ["fta", "when|what|date"]) }],
  "v2.gomail-20": () => [{ change: trash(() => true) }],
  "v2.gomail-21": () => [{ change: (m, is) => isReceived(m) && isAlert(m) ? snoozed(is, weekLater) : undefined }],
  "v2.gomail-23": (
    before,
  ) => [{ change: trash((m) => /\bsupport\b/i.test(head(m))), send: answerTo("Jane Smith", before) }],
  "v2.gomail-24": () => [{ change: trash((m) => m.from === "John Doe") }],
  // The script takes the senders spelled in one word; a reader may take the others as well.
  "v2.gomail-26": () => [{ change: trash((m) => /noreply/i.test(m.from)) }, {
    change: trash((m) => /no[- ]?reply/i.test(m.from)),
  }],
};

const head = (m: Email): string => `${m.from} ${m.fromAddress} ${m.subject}`;
const isReceived: Test = (m) => m.folder === "inbox";
const isAmazons: Test = (m) => /\bamazon\b|\baws\b/i.test(`${head(m)} ${m.content}`);
const isAlert: Test = (m) => /\balerts\b/i.test(`${head(m)} ${m.content}`);
const isOld: Test = (m) => m.date <= longAgo;

/** The mails of these folders that pass go to Trash. */
function trash(isMeant: Test, folders: readonly string[] = ["inbox"]): NonNullable<Rule["change"]> {
  return (m) => folders.includes(m.folder) && isMeant(m) ? { folder: "trash" } : undefined;
}

/** The mail sleeps until some hour of this day, wherever the site keeps it meanwhile. */
function snoozed(is: Email, day: string): Partial<Email> {
  const until = is.snoozedUntil;
  return { folder: is.folder, ...{ snoozedUntil: until?.startsWith(day) ? until : day } };
}

/** The rows a reader of the inbox has before him. */
function firstPage(state: GoMailState): readonly Email[] {
  const inbox = listOf("inbox");
  return pageOf(rowsOf(state, inbox), inbox).shown;
}

/** A new mail to one contact that says each of these, in subject or text; `|` parts words that mean the same. */
function to(contact: string, words: readonly string[]): NonNullable<Rule["send"]> {
  return (mail) => {
    if (mail.replyTo !== undefined) return "an answer was sent, not a new mail";
    if (mail.subject.trim() === "") return "the mail has no subject";
    const missing = words.find((one) => !new RegExp(`(^|\\W)(${one})`, "i").test(`${mail.subject}\n${mail.content}`));
    return wrongPeople(mail, `${contact}@example.com`) || (missing ? `the mail says nothing of "${missing}"` : "");
  };
}

/** An answer to a person's mail, to nobody else. */
function answerTo(name: string, before: GoMailState): NonNullable<Rule["send"]> {
  const meant = before.emails.filter((m) => isReceived(m) && m.from === name);
  return (mail) => {
    const asked = meant.find((m) => m.id === mail.replyTo);
    if (asked === undefined) return `the mail sent is no answer to ${name}`;
    if (mail.content.trim() === "") return "the answer is empty";
    return wrongPeople(mail, asked.fromAddress);
  };
}

function wrongPeople(mail: Email, address: string): string {
  if (mail.to.length === 1 && mail.to[0] === address && mail.cc.length + mail.bcc.length === 0) return "";
  return `the mail went to ${[...mail.to, ...mail.cc, ...mail.bcc].join(", ")} instead of ${address} alone`;
}
