import { HaloError } from "halo-agent";
import type { Json, Task, Verdict } from "halo-agent";
import type { Email, GoMailState, Setup } from "./state/state.ts";

/** What a goal lets a mail or the mailbox become: one changed mail, or one sent mail. */
type Wanted =
  | { readonly kind: "change"; readonly id: string; readonly done: string; readonly change: Partial<Email> }
  | { readonly kind: "send"; readonly mail: Pick<Email, "to" | "subject" | "content"> & { readonly replyTo?: string } };

type Params = Readonly<Record<string, string>> & { readonly setup: Setup };

/**
 * The strict predicate: the goal is achieved on exactly the mail it means and nothing else was done. Mails may have been
 * read and the page may show anything, but text left in an open composer or reply box, or saved as a draft, fails.
 */
export function judge(task: Task, start: Json, now: Json): Verdict {
  const by = `gomail/${task.template}`;
  const [before, after] = [start as unknown as GoMailState, now as unknown as GoMailState];
  const wanted = wantedOf(task, before);
  const problem = missing(wanted, before, after) ?? extra(wanted, before, after) ?? leftover(after);
  const achieved = wanted.kind === "send" ? `the mail to ${wanted.mail.to} was sent` : `the mail was ${wanted.done}`;
  return { success: problem === undefined, by, reason: problem ?? `${achieved} and nothing else changed` };
}

function wantedOf(task: Task, before: GoMailState): Wanted {
  const params = task.params as unknown as Params;
  const param = (name: string): string => params[name] ?? "";
  if (task.template === "compose") {
    return { kind: "send", mail: { to: [param("address")], subject: param("subject"), content: param("text") } };
  }
  const { id, fromAddress, subject, labels } = meantMail(params.setup, before);
  switch (task.template) {
    case "star":
      return { kind: "change", id, done: "starred", change: { isStarred: true } };
    case "archive":
      return { kind: "change", id, done: "archived", change: { folder: "archive" } };
    case "label":
      return {
        kind: "change",
        id,
        done: `labelled "${param("label")}"`,
        change: { labels: [...labels, param("label")] },
      };
    case "search_delete":
      return { kind: "change", id, done: "moved to Trash", change: { folder: "trash" } };
    case "reply":
      return {
        kind: "send",
        mail: { to: [fromAddress], subject: `Re: ${subject}`, content: param("text"), replyTo: id },
      };
    default:
      throw new HaloError("HALO_BUG", `the gomail judge has no rule for the template "${task.template}" of ${task.id}`);
  }
}

/** The mail the goal means: the first one the task inserted. */
function meantMail({ mails: [meant] }: Setup, before: GoMailState): Email {
  const found = before.emails.find((e) => e.fromAddress === meant?.fromAddress && e.subject === meant.subject);
  if (found !== undefined) return found;
  throw new HaloError("HALO_BUG", `the start state of a gomail task lacks the mail it is about, "${meant?.subject}"`);
}

/** What the goal still lacks, or undefined. */
function missing(wanted: Wanted, before: GoMailState, after: GoMailState): string | undefined {
  if (wanted.kind === "change") {
    const mail = after.emails.find((e) => e.id === wanted.id);
    if (mail === undefined) return "the mail was deleted forever";
    return same({ ...mail, ...wanted.change }, mail) ? undefined : `"${mail.subject}" is not ${wanted.done}`;
  }
  const sent = added(before, after).filter((e) => e.folder === "sent");
  if (sent.length === 0) return "no mail was sent";
  return sent.some((mail) => isWanted(wanted, mail))
    ? undefined
    : `a mail was sent, but ${difference(wanted, sent[0]!)}`;
}

/** What was done that the goal does not ask for, or undefined. */
function extra(wanted: Wanted, before: GoMailState, after: GoMailState): string | undefined {
  const now = new Map(after.emails.map((e) => [e.id, e]));
  for (const mail of before.emails) {
    const is = now.get(mail.id);
    if (is === undefined) return `"${mail.subject}" was deleted forever`;
    const isTarget = wanted.kind === "change" && wanted.id === mail.id;
    const allowed = {
      ...mail,
      ...(isTarget ? { ...wanted.change, isRead: is.isRead } : { isRead: mail.isRead || is.isRead }),
    };
    if (!same(is, allowed)) return `"${mail.subject}" was changed as well: ${changed(allowed, is)}`;
  }
  const others = added(before, after);
  if (wanted.kind === "send") others.splice(others.findIndex((mail) => isWanted(wanted, mail)), 1);
  const [other] = others;
  if (other?.folder === "drafts") return `a draft "${other.subject}" was left behind`;
  if (other !== undefined) return `another mail to ${other.to} was sent`;
  return same(after.labels, before.labels) ? undefined : "the list of labels was changed";
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

function isWanted(wanted: Wanted & { kind: "send" }, mail: Email): boolean {
  return mail.folder === "sent" && difference(wanted, mail) === "";
}

/** What is wrong with a sent mail, "" when it is the wanted one. */
function difference({ mail: wanted }: Wanted & { kind: "send" }, mail: Email): string {
  if (!same(mail.to, wanted.to)) return `to ${mail.to.join(", ") || "nobody"} instead of ${wanted.to}`;
  if (mail.cc.length + mail.bcc.length > 0) return `with copies to ${[...mail.cc, ...mail.bcc].join(", ")}`;
  if (mail.replyTo !== wanted.replyTo) {
    return wanted.replyTo === undefined ? "as a reply" : "not as a reply to the right mail";
  }
  if (mail.subject !== wanted.subject) return `with the subject "${mail.subject}"`;
  return mail.content === wanted.content ? "" : `with the text "${mail.content}"`;
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
