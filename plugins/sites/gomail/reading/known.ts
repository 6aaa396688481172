import type { Errand, KnownGoal, Objects } from "halo-agent/site";
import { createLabel } from "../families/labels.ts";
import type { MailPage } from "../families/page.ts";
import { type Change, changeOf, coursesOf, type Part, snoozed } from "./follow.ts";
import { type Choice, every, headOf, today } from "./mails.ts";
import { answers, cleanly, recipient, sends } from "./writing.ts";

interface Wanted {
  readonly errand: Errand;
  readonly part: Part;
}

/** Mails that are to become something; `which` in the order of the readings that the goal allows. */
function mails(kind: string, objects: Objects, which: Choice, change: Change = changeOf(kind, {})!): Wanted {
  return { errand: { kind, objects: { quantity: "all", ...objects } }, part: { becomes: { ...change, kind, which } } };
}

/** One new mail to one contact, with a subject, that says each of these; `|` parts words that mean the same. */
function letter(person: string, words: readonly string[], title?: string): Wanted {
  const address = `${person.toLowerCase().replace(" ", ".")}@example.com`;
  const says = words.map((one) => new RegExp(`(^|\\W)(${one})`, "i"));
  return {
    errand: { kind: "compose", objects: { addresses: [person], ...(title !== undefined && { title }) } },
    part: { course: (start) => cleanly(sends({ to: [recipient(address)], says }), start) },
  };
}

const either = (...ways: readonly Choice[]): Choice => (all) => ways.flatMap((way) => way(all));
/** The rows of the inbox's first page. */
const firstPage: Choice = (all) => [all.filter((m) => m.folder === "inbox").slice(0, 50)];
const [longAgo, weekLater] = ["2024-05-17", "2024-07-25"];

/** What each REAL task on this site asks for, from its goal's words; the strict rule of the task, step by step. */
const wanted: Readonly<Record<string, readonly Wanted[]>> = {
  "v2.gomail-1": [
    mails("mark_read", {}, every((m) => !m.isRead)),
    mails("delete", { subjects: ["amazon"] }, every((m) => /\bamazon\b|\baws\b/i.test(`${headOf(m)} ${m.content}`))),
  ],
  "v2.gomail-2": [
    mails(
      "delete",
      { subjects: ["uber", "notifications"] },
      every((m) => /\buber\b|\bnotifications?\b/i.test(headOf(m))),
    ),
  ],
  "v2.gomail-4": [letter("Alexa Richardson", ["let me know", "file"])],
  "v2.gomail-5": [
    mails("delete", { state: "starred" }, every((m) => m.isStarred)),
    letter("Alexa Richardson", ["work permit"], "work permit"),
  ],
  "v2.gomail-7": [letter("Ashley Campbell", ["team dinner", "come|coming|attend|join|rsvp|make it"])],
  "v2.gomail-8": [letter("Kevin Moore", ["project", "detail"])],
  "v2.gomail-9": [letter("Barbara Thomas", ["project plan"], "project plan")],
  "v2.gomail-11": [
    mails(
      "delete",
      { date: "older than 2 months" },
      either(every((m) => m.date <= longAgo), every((m) => m.date <= longAgo, ["inbox", "sent"])),
    ),
  ],
  "v2.gomail-12": [letter("Charles Davis", ["new", "client"])],
  "v2.gomail-13": [letter("Carol Adams", ["meeting", "8:30|08:30|8.30"])],
  "v2.gomail-14": [mails("delete", { folder: "inbox" }, firstPage)],
  "v2.gomail-15": [letter("Danielle Foster", ["update", "launch|release|live|deploy|roll"])],
  "v2.gomail-16": [{
    errand: { kind: "create_label", objects: { labels: ["Support Emails"] } },
    part: {
      course: (start) => cleanly(createLabel.milestones({ kind: "create_label", label: "Support Emails" }), start),
    },
  }],
  "v2.gomail-17": [mails("archive", { date: "today" }, every((m) => m.date === today))],
  "v2.gomail-18": [letter("Brian King", ["meeting", "notes", "send|share|forward|provide"])],
  "v2.gomail-19": [letter("Angela White", ["fta", "when|what|date"])],
  "v2.gomail-20": [mails("delete", { folder: "inbox" }, every(() => true))],
  "v2.gomail-21": [
    mails(
      "snooze",
      { subjects: ["alerts"], choice: "7 days" },
      every((m) => /\balerts\b/i.test(`${headOf(m)} ${m.content}`)),
      snoozed(weekLater),
    ),
  ],
  "v2.gomail-23": [
    {
      errand: { kind: "reply", objects: { senders: ["Jane Smith"], quantity: "one" } },
      part: { course: (start) => cleanly(answers((mail) => mail.startsWith("Jane Smith, "), () => true), start) },
    },
    mails("delete", { subjects: ["support"] }, every((m) => /\bsupport\b/i.test(headOf(m)))),
  ],
  "v2.gomail-24": [mails("delete", { senders: ["John Doe"] }, every((m) => m.from === "John Doe"))],
  "v2.gomail-26": [
    mails(
      "delete",
      { senders: ["no reply"] },
      either(every((m) => /noreply/i.test(m.from)), every((m) => /no[- ]?reply/i.test(m.from))),
    ),
  ],
};

/** The goals of the REAL tasks by task id. */
export const known: Readonly<Record<string, KnownGoal<MailPage>>> = Object.fromEntries(
  Object.entries(wanted).map(([id, all]) => [id, {
    errands: all.map(({ errand }) => errand),
    course: () => coursesOf(all.map(({ part }) => part)),
  }]),
);
