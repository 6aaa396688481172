import { HaloError } from "halo-agent";
import type { Verdict } from "halo-agent";
import { canonicalJson } from "../state/canonical.ts";
import type { Email, GoMailState } from "../state/state.ts";
import { strictRules } from "./rules.ts";

/** What a goal asks for, and with it all that may be done. Mails may always have been read. */
export interface Rule {
  /** What the fields of a mail that must change must become, also in the light of what became of it. */
  readonly change?: (was: Email, is: Email) => Partial<Email> | undefined;
  /** What is wrong with the one mail that must be sent, "" when it is right; without it nothing may be sent. */
  readonly send?: (mail: Email) => string;
  /** Names of labels that must be new. */
  readonly labels?: readonly string[];
}

/**
 * Our own predicate for a task of the REAL benchmark, from its goal's words: everything asked for was done, on exactly
 * the mails meant, and nothing else. Where a goal can be read in two ways, either will do. Pure.
 */
export function judgeStrictly(taskId: string, before: GoMailState, after: GoMailState): Verdict {
  const by = `gomail/${taskId}`;
  const readings = strictRules[taskId]?.(before);
  if (readings === undefined) throw new HaloError("HALO_BUG", `gomail has no strict rule for ${taskId}`);
  const problems = readings.map((rule) => problemOf(rule, before, after));
  const reason = problems.includes(undefined) ? "all that was asked for was done, and nothing else" : problems[0]!;
  return { success: problems.includes(undefined), by, reason };
}

function problemOf(rule: Rule, before: GoMailState, after: GoMailState): string | undefined {
  return wrongMail(rule, before, after) ?? wrongSent(rule, before, after) ?? wrongLabels(rule, before, after) ??
    leftover(after);
}

function wrongMail({ change = () => undefined }: Rule, before: GoMailState, after: GoMailState): string | undefined {
  const now = new Map(after.emails.map((mail) => [mail.id, mail]));
  for (const was of before.emails) {
    const is = now.get(was.id);
    if (is === undefined) return `"${was.subject}" was deleted forever`;
    const wanted = change(was, is);
    const expected = { ...was, isRead: was.isRead || is.isRead, ...wanted };
    const field = differingField(expected, is);
    if (field === undefined) continue;
    const isMeant = wanted !== undefined && field in wanted;
    return isMeant ? `"${was.subject}" is not as asked: ${field}` : `"${was.subject}" was changed as well: ${field}`;
  }
  return undefined;
}

function differingField(expected: Email, is: Email): string | undefined {
  const [a, b] = [expected, is].map((mail) => new Map<string, unknown>(Object.entries(mail)));
  return [...new Set([...a!.keys(), ...b!.keys()])].find((key) =>
    canonicalJson(a!.get(key)) !== canonicalJson(b!.get(key))
  );
}

function wrongSent({ send }: Rule, before: GoMailState, after: GoMailState): string | undefined {
  const known = new Set(before.emails.map((mail) => mail.id));
  const added = after.emails.filter((mail) => !known.has(mail.id));
  const draft = added.find((mail) => mail.folder !== "sent");
  if (draft !== undefined) return `"${draft.subject}" was written and not sent`;
  if (send === undefined) return added.length === 0 ? undefined : `a mail to ${added[0]!.to.join(", ")} was sent`;
  if (added.length !== 1) return added.length === 0 ? "no mail was sent" : `${added.length} mails were sent`;
  return send(added[0]!) || undefined;
}

function wrongLabels({ labels = [] }: Rule, before: GoMailState, after: GoMailState): string | undefined {
  const key = (names: readonly string[]): string => canonicalJson(names.map((name) => name.toLowerCase()).sort());
  if (key([...before.labels, ...labels]) === key(after.labels)) return undefined;
  return labels.length === 0 ? "the list of labels was changed" : `the new label is not ${labels.join(", ")}`;
}

/** Text that was begun and neither sent nor thrown away. */
function leftover({ compose, reply }: GoMailState): string | undefined {
  if (reply !== null && reply.body.trim() !== "") return "a reply was begun and left open";
  if (compose === null) return undefined;
  const { to, toInput, subject, body } = compose;
  const isEmpty = to.length === 0 && [toInput, subject, body].every((text) => text.trim() === "");
  return isEmpty ? undefined : "a new message was begun and left open";
}
