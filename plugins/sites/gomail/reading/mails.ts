import { daysOf, momentText, type Objects } from "halo-agent/site";
import type { Email } from "../state/state.ts";
import { clock } from "../state/time.ts";

/** Chooses the mails that are meant among those there are; each choice is one way to understand the goal. */
export type Choice = (mails: readonly Email[]) => readonly (readonly Email[])[];

/** Day on which every mailbox opens. */
export const today = clock.start.slice(0, 10);

/** All mails of these folders that pass. */
export function every(test: (mail: Email) => boolean, folders: readonly string[] = ["inbox"]): Choice {
  return (mails) => [mails.filter((mail) => folders.includes(mail.folder) && test(mail))];
}

/** What the objects of an errand mean; undefined where pages cannot tell, such as a date nobody understands. */
export function choiceOf(objects: Objects, kind: string): Choice | undefined {
  const { senders = [], subjects = [], except = [], state, date, quantity = "one", order } = objects;
  const days = date === undefined ? {} : daysOf(date, today);
  if (days === undefined) return undefined;
  const folders = foldersOf(objects, kind);
  const test = (mail: Email): boolean =>
    folders.includes(mail.folder) &&
    (senders.length === 0 || senders.some((one) => isFrom(one, mail))) &&
    (subjects.length === 0 || subjects.some((one) => isAbout(one, mail))) &&
    !except.some((one) => isFrom(one, mail) || isAbout(one, mail)) &&
    (state === undefined || (state === "starred" ? mail.isStarred : mail.isRead === (state === "read"))) &&
    (days.from === undefined || mail.date >= days.from) &&
    (days.to === undefined || (mail.date !== "" && mail.date <= days.to)) &&
    mayBecome(kind, mail);
  return (mails) => {
    const found = sharpened(mails.filter(test), subjects);
    if (objects.folder === "page") return [found.slice(0, 50)];
    if (quantity === "all") return [found];
    const sorted = order !== undefined && /^(?:oldest|earliest)$/.test(order) ? [...found].reverse() : found;
    if (typeof quantity === "number") return [sorted.slice(0, quantity)];
    if (order !== undefined) return [sorted.slice(0, 1)];
    // Several mails of one sender: one for each that is named, else any one.
    if (senders.length > 1) return [senders.flatMap((one) => sorted.filter((mail) => isFrom(one, mail)).slice(0, 1))];
    return found.map((mail) => [mail]);
  };
}

/** Mails whose sender or subject says it go before those whose text does. */
function sharpened(mails: readonly Email[], subjects: readonly string[]): readonly Email[] {
  if (subjects.length === 0) return mails;
  const sharp = mails.filter((mail) => subjects.some((one) => hasAll(headOf(mail), one)));
  return sharp.length === 0 ? mails : sharp;
}

function foldersOf({ folder }: Objects, kind: string): readonly string[] {
  if (kind === "restore") return ["trash"];
  if (kind === "not_spam") return ["spam"];
  return folder !== undefined && /^(?:trash|spam|archive|drafts|sent)$/i.test(folder)
    ? [folder.toLowerCase()]
    : ["inbox"];
}

/** Only what is not so yet can be meant by "all": a star is put on mails without one. */
function mayBecome(kind: string, mail: Email): boolean {
  if (kind === "star") return !mail.isStarred;
  if (kind === "unstar") return mail.isStarred;
  if (kind === "mark_read") return !mail.isRead;
  if (kind === "mark_unread") return mail.isRead;
  return true;
}

/** The name by which pages call a mail. */
export const nameOf = ({ from, subject }: Email): string => `${from}, ${subject}`;

/** What a row tells of a mail, and its sender's address. */
export const headOf = ({ from, fromAddress, subject }: Email): string => `${from} ${fromAddress} ${subject}`;

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}@]+/gu, " ").trim();
const little =
  /^(?:the|a|an|of|to|in|on|for|and|or|my|our|your|his|her|their|with|from|is|are|at|by|that|this|be|s|i|it|about|some|any|so|me|you)$/;

/** True when every word of a phrase begins a word of the text, endings aside. */
export function hasAll(text: string, phrase: string): boolean {
  const words = plain(phrase).split(" ").filter((one) => one !== "" && !little.test(one));
  const there = plain(text);
  return words.length > 0 && words.every((one) => ` ${there}`.includes(` ${stem(one)}`));
}

const stem = (word: string): string => word.length > 4 ? word.replace(/(?:'s|s|es|ed|ing)$/, "") : word;

function isFrom(name: string, mail: Email): boolean {
  if (name.includes("@")) return mail.fromAddress === "" || mail.fromAddress.toLowerCase() === name.toLowerCase();
  const words = plain(name).split(" ").filter((one) => !/^(?:mr|mrs|ms|dr|prof|the)$/.test(one));
  const there = ` ${plain(`${mail.from} ${mail.fromAddress.replace(/\.example$/, "")}`)} `;
  const glued = there.replaceAll(" ", "");
  return words.every((one) => there.includes(` ${one} `)) || (words.length > 1 && glued.includes(words.join("")));
}

const isAbout = (topic: string, mail: Email): boolean =>
  hasAll(headOf(mail), topic) || hasAll(`${headOf(mail)} ${mail.content}`, topic);

/** The day a mail sleeps until, as the page says it: "Thu, Jul 25". */
export function dayOnPage(day: string): string {
  return momentText(`${day}T08:00`).replace(/, \d+:\d+ [AP]M$/, "");
}
