import {
  type Course,
  courseOf,
  courses,
  dayAfter,
  daysOf,
  type Errand,
  numberWords,
  type Objects,
  weekdayOf,
} from "halo-agent/site";
import { contact, pageSize, signature, vacation } from "../families/preferences.ts";
import { createLabel } from "../families/labels.ts";
import type { MailPage } from "../families/page.ts";
import { unseen } from "./belief.ts";
import { type Choice, choiceOf, dayOnPage, hasAll, nameOf, today } from "./mails.ts";
import { type Asked, type Becoming, becoming } from "./moved.ts";
import {
  answers,
  cleanly,
  drafts,
  forwards,
  type Letter,
  opens,
  recipient,
  saying,
  schedules,
  sends,
} from "./writing.ts";

/** One thing to pay for: what mails become, or milestones of another kind. */
export type Part =
  | { readonly becomes: Becoming }
  | { readonly course: (start: Asked) => Course<MailPage> };

/** What pays for errands; an errand whose objects do not say what pages must show pays nothing. */
export function follow(errands: readonly Errand[]): Course<MailPage> {
  const single = errands.flatMap((one) => compound[one.kind]?.map((kind) => ({ ...one, kind })) ?? [one]);
  return coursesOf(single.map(partOf).filter((one) => one !== undefined));
}

/** Kinds that are two things, in their order. */
const compound: Readonly<Record<string, readonly string[]>> = {
  open_star: ["read", "star"],
  reply_label: ["reply", "label"],
};

/** The courses of some parts over one mailbox. */
export function coursesOf(parts: readonly Part[]): Course<MailPage> {
  const all = parts.flatMap((part) => "becomes" in part ? [part.becomes] : []);
  const start: Asked = { belief: unseen, all };
  return courses(parts.map((part) => "becomes" in part ? becoming(part.becomes, start) : part.course(start)));
}

/** What pays for one errand. */
function partOf({ kind, objects }: Errand): Part | undefined {
  const write = letters[kind];
  if (write !== undefined) {
    const letter = letterOf(objects);
    return { course: (start) => cleanly(write(letter), start) };
  }
  const setting = settings[kind];
  if (setting !== undefined) return setting(objects);
  const which = choiceOf(objects, kind);
  if (which === undefined) return undefined;
  if (kind === "reply" || kind === "forward" || kind === "read") return openPart(kind, { which, objects });
  const made = changeOf(kind, objects);
  return made && { becomes: { ...made, kind, which } };
}

const letters: Readonly<Record<string, typeof sends>> = { compose: sends, draft: drafts, schedule: schedules };

function letterOf({ addresses = [], title, text }: Objects): Letter {
  return {
    to: addresses.map(recipient),
    says: saying(text ?? title ?? ""),
    ...(title !== undefined && { subject: (subject: string) => hasAll(subject, title) }),
  };
}

function openPart(
  kind: "reply" | "forward" | "read",
  { which, objects }: { readonly which: Choice; readonly objects: Objects },
): Part {
  return {
    course(start) {
      const meant = which([...start.belief.began.values()]).flat().map(nameOf);
      const { senders = [], subjects = [] } = objects;
      // A mail that no mailbox begins with is told by its name alone.
      const isMeant = (name: string): boolean =>
        meant.includes(name) || !start.belief.began.has(name) && [...senders, ...subjects].length > 0 &&
          [...senders, ...subjects].every((one) => hasAll(name, one));
      if (kind === "read") return courseOf([opens(isMeant)]);
      const { text } = objects;
      const isRight = (said: string): boolean => text === undefined || saying(text).every((one) => one.test(said));
      return cleanly(kind === "reply" ? answers(isMeant, isRight) : forwards(isMeant, letterOf(objects)), start);
    },
  };
}

export type Change = Pick<Becoming, "is" | "may" | "end"> & Partial<Pick<Becoming, "menu" | "isFree" | "isHarmless">>;
const into = (folder: string, end: string): Change => ({ is: (mail) => mail.folder === folder, may: ["folder"], end });

/** What mails become by an errand's kind; undefined where its objects do not say. */
const changes: Readonly<Record<string, (objects: Objects) => Change | undefined>> = {
  delete: () => into("trash", "deleted"),
  archive: () => into("archive", "archived"),
  spam: () => into("spam", "reported"),
  not_spam: () => into("inbox", "restored"),
  restore: () => into("inbox", "restored"),
  star: () => ({ is: (mail) => mail.isStarred, may: ["isStarred"], end: "starred", isFree: true }),
  unstar: () => ({ is: (mail) => !mail.isStarred, may: ["isStarred"], end: "unstarred", isFree: true }),
  mark_read: () => ({ is: (mail) => mail.isRead, may: ["isRead"], end: "marked", isHarmless: true }),
  mark_unread: () => ({ is: (mail) => !mail.isRead, may: ["isRead"], end: "marked" }),
  label: ({ labels = [] }) =>
    labels.length === 0 ? undefined : {
      is: (mail) => labels.every((label) => mail.labels.some((one) => one.toLowerCase() === label.toLowerCase())),
      may: ["labels"],
      end: "labelled",
      menu: new RegExp(`^${labels[0]!.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`, "i"),
    },
  snooze: ({ choice }) => {
    const day = choice === undefined ? undefined : wakingDay(choice);
    return day === undefined ? undefined : snoozed(day);
  },
};

/** What mails become by an errand of a kind; undefined where it is another kind, or its objects do not say. */
export function changeOf(kind: string, objects: Objects): Change | undefined {
  return changes[kind]?.(objects);
}

/** The mails sleep until a day. */
export const snoozed = (day: string): Change => ({
  is: (mail) => mail.snoozedUntil === dayOnPage(day),
  may: ["snoozedUntil"],
  end: "snoozed",
  menu: /^(?:Later today|Tomorrow|This weekend|Next week|Pick date and time)\b/,
});

const count: Readonly<Record<string, number>> = { ...numberWords, a: 1, an: 1 };
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** The day something is put off to: "tomorrow morning", "for the next 7 days", "Friday", "next week". */
function wakingDay(choice: string): string | undefined {
  const said = choice.toLowerCase();
  const days = /\b(\d+|an?|one|two|three|four|five|six|seven) (day|week)s?\b/.exec(said);
  if (days !== null) return dayAfter(today, (count[days[1]!] ?? Number(days[1])) * (days[2] === "week" ? 7 : 1));
  if (/\btoday|tonight\b/.test(said)) return today;
  if (/\btomorrow\b/.test(said)) return dayAfter(today, 1);
  const now = weekdayOf(today);
  const weekday = weekdays.findIndex((one) => said.includes(one));
  if (weekday >= 0) return dayAfter(today, (weekday - now + 7) % 7 || 7);
  if (/\bweekend\b/.test(said)) return dayAfter(today, (6 - now + 7) % 7);
  if (/\bnext week\b/.test(said)) return dayAfter(today, (8 - now) % 7 || 7);
  return daysOf(said.replace(/ at .*$/, ""), today)?.from;
}

/** Errands that the site's own families pay for; undefined where their objects do not say what to enter. */
const settings: Readonly<Record<string, (objects: Objects) => Part | undefined>> = {
  create_label: ({ labels = [], senders, subjects }) =>
    labels.length !== 1 || senders !== undefined || subjects !== undefined
      ? undefined
      : plainly(createLabel.milestones({ kind: "create_label", label: labels[0]! })),
  page_size: ({ choice }) =>
    choice === undefined ? undefined : plainly(pageSize.milestones({ kind: "page_size", choice })),
  signature: ({ text }) => text === undefined ? undefined : plainly(signature.milestones({ kind: "signature", text })),
  vacation: ({ choice, text }) =>
    choice !== "on" || text === undefined ? undefined : plainly(vacation.milestones({ kind: "vacation", text })),
  contact: ({ name, addresses: [address] = [] }) =>
    name === undefined || address === undefined
      ? undefined
      : plainly(contact.milestones({ kind: "contact", name, address })),
};

const plainly = (milestones: Parameters<typeof courseOf<MailPage>>[0]): Part => ({
  course: (start) => cleanly(milestones, start),
});
