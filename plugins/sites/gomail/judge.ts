import { HaloError } from "halo-agent";
import type { Json, Task, Verdict } from "halo-agent";
import type { Email, GoMailState, Setup } from "./state/state.ts";
import type { Start, Values, Wanted, Written } from "./tasks/template.ts";
import { templates } from "./tasks/templates.ts";

/** Parts of the state that only say what is on screen or counts along; a goal lets them become anything. */
const onScreen: ReadonlySet<string> = new Set<keyof GoMailState>([
  "clock",
  "nextId",
  "view",
  "searchInput",
  "menu",
  "compose",
  "reply",
  "dialog",
  "snackbar",
  "banner",
]);

/**
 * The strict predicate: the goal is achieved on exactly the mails it means and nothing else was done. Mails may have been
 * read and the page may show anything, but text left in an open composer or reply box, or saved as a draft, fails.
 */
export function judge(task: Task, start: Json, now: Json): Verdict {
  const by = `gomail/${task.template}`;
  const [before, after] = [start as unknown as GoMailState, now as unknown as GoMailState];
  const template = templates.find((t) => t.name === task.template);
  if (template === undefined) {
    throw new HaloError("HALO_BUG", `gomail has no template "${task.template}" for ${task.id}`);
  }
  const wanted = template.wanted(startOf(task, before));
  const problem = missing(wanted, before, after) ?? extra(wanted, before, after) ?? leftover(after);
  return { success: problem === undefined, by, reason: problem ?? `${saying(wanted)} and nothing else changed` };
}

function saying({ done, mails, written }: Wanted): string {
  const n = Object.keys(mails ?? {}).length;
  if (n === 0 || written !== undefined) return done;
  return n === 1 ? `the mail was ${done}` : `${n} mails were ${done}`;
}

/** The task's values, and its mails as the start state holds them. */
function startOf(task: Task, state: GoMailState): Start {
  const { setup, ...values } = task.params as unknown as { readonly setup: Setup };
  const mails = setup.mails.map((mail) => {
    const found = state.emails.find((e) => e.fromAddress === mail.fromAddress && e.subject === mail.subject);
    if (found !== undefined) return found;
    throw new HaloError("HALO_BUG", `the start state of ${task.id} lacks its mail "${mail.subject}"`);
  });
  return { values: values as Values, mails, state };
}

/** What the goal still lacks, or undefined. */
function missing(wanted: Wanted, before: GoMailState, after: GoMailState): string | undefined {
  for (const [id, change] of Object.entries(wanted.mails ?? {})) {
    const mail = after.emails.find((e) => e.id === id);
    if (mail === undefined) return "the mail was deleted forever";
    if (!same({ ...mail, ...change }, mail)) return `"${mail.subject}" is not ${wanted.done}`;
  }
  for (const [part, value] of Object.entries(wanted.state ?? {})) {
    if (!same(value, after[part as keyof GoMailState])) return `${part} are not as wanted`;
  }
  return wanted.written && unwritten(wanted.written, before, after);
}

function unwritten(written: Written, before: GoMailState, after: GoMailState): string | undefined {
  const isDraft = written.folder === "drafts";
  const found = added(before, after).filter((e) => e.folder === written.folder);
  if (found.length === 0) return isDraft ? "no draft was saved" : "no mail was sent";
  const problems = found.map((mail) => difference(written, mail));
  return problems.includes("") ? undefined : `a ${isDraft ? "draft was saved" : "mail was sent"}, but ${problems[0]}`;
}

/** What was done that the goal does not ask for, or undefined. */
function extra(wanted: Wanted, before: GoMailState, after: GoMailState): string | undefined {
  const now = new Map(after.emails.map((e) => [e.id, e]));
  for (const mail of before.emails) {
    const is = now.get(mail.id);
    if (is === undefined) return `"${mail.subject}" was deleted forever`;
    const change = wanted.mails?.[mail.id];
    // Reading a mail is no change; an unread mark only where the goal may have needed the mail.
    const isRead = change === undefined ? mail.isRead || is.isRead : is.isRead;
    const allowed = { ...mail, isRead, ...change };
    if (!same(is, allowed)) return `"${mail.subject}" was changed as well: ${changed(allowed, is)}`;
  }
  const { written } = wanted;
  const others = added(before, after);
  if (written !== undefined) others.splice(others.findIndex((mail) => isWritten(written, mail)), 1);
  const [other] = others;
  if (other?.folder === "drafts") return `a draft "${other.subject}" was left behind`;
  if (other !== undefined) return `another mail to ${other.to} was sent`;
  const parts = Object.keys({ ...before, ...after }) as (keyof GoMailState)[];
  const touched = parts.find((part) => {
    if (part === "emails" || onScreen.has(part)) return false;
    return !same(after[part], wanted.state?.[part] ?? before[part]);
  });
  return touched && (touched === "labels" ? "the list of labels was changed" : `${touched} were changed as well`);
}

/** Text that was begun and neither sent nor discarded, or undefined. */
function leftover({ compose, reply }: GoMailState): string | undefined {
  if (reply !== null && reply.body.trim() !== "") return "a reply was begun and left open";
  if (compose === null) return undefined;
  const { to, toInput, cc, bcc, subject, body } = compose;
  const isEmpty = to.length === 0 && [toInput, cc, bcc, subject, body].every((text) => text.trim() === "");
  return isEmpty ? undefined : "a new message was begun and left open";
}

function added(before: GoMailState, after: GoMailState): Email[] {
  const known = new Set(before.emails.map((e) => e.id));
  return after.emails.filter((e) => !known.has(e.id));
}

function isWritten(written: Written, mail: Email): boolean {
  return mail.folder === written.folder && difference(written, mail) === "";
}

/** What is wrong with a new mail, "" when it is the wanted one. */
function difference(written: Written, mail: Email): string {
  const { cc = [], bcc = [] } = written;
  if (!same(mail.to, written.to)) return `to ${mail.to.join(", ") || "nobody"} instead of ${written.to.join(", ")}`;
  if (!same([mail.cc, mail.bcc], [cc, bcc])) {
    return `with copies to ${[...mail.cc, ...mail.bcc].join(", ") || "nobody"}`;
  }
  if (mail.replyTo !== written.replyTo) {
    return written.replyTo === undefined ? "as a reply" : "not as a reply to the right mail";
  }
  if (mail.subject !== written.subject) return `with the subject "${mail.subject}"`;
  if (mail.content !== written.content) return `with the text "${mail.content}"`;
  const { id, from, fromAddress, date, time, isRead, isStarred, labels } = mail;
  const plain = { id, from, fromAddress, date, time, isRead, isStarred, labels, ...written, cc, bcc };
  return same(mail, plain) ? "" : `with other ${changed(mail, plain)}`;
}

/** The names of the fields in which two mails differ. */
function changed(a: Email, b: Email): string {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Email>;
  return [...keys].filter((key) => !same(a[key], b[key])).join(", ");
}

/** True when two mails, lists or plain values are equal, whatever the order of their keys. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(x);
  return keys.length === Object.keys(y).length && keys.every((key) => key in y && same(x[key], y[key]));
}
