import type { Email } from "./state.ts";

const fields = ["from", "to", "subject", "label", "is", "in", "has", "before", "after"] as const;

interface Term {
  readonly field: typeof fields[number] | "any";
  readonly text: string;
  readonly isNot: boolean;
}

/**
 * A test for mails. Every term must match: words at the start of a word of sender, subject or body; "quoted phrases";
 * `from:` `to:` `subject:` `label:` `is:starred|important|snoozed|read|unread` `in:FOLDER` `has:attachment`
 * `after:2024-07-01` `before:2024-08-01`, a minus before a term denies it. Case does not matter.
 * Trash and Spam are searched only when `in:` names them or says `anywhere`.
 */
export function compileQuery(query: string): (email: Email) => boolean {
  const terms = parse(query);
  return (email) => terms.every((term) => matches(email, term) !== term.isNot);
}

/** True when a search looks into Trash and Spam as well. */
export function isEverywhere(query: string): boolean {
  return parse(query).some(({ field, isNot }) => field === "in" && !isNot);
}

const term = new RegExp(`(-)?(?:(${fields.join("|")}):\\s?)?(?:"([^"]*)"?|([^\\s"]+))`, "g");

function parse(query: string): readonly Term[] {
  return [...query.toLowerCase().matchAll(term)]
    .map(([, minus, field, phrase, word]) => ({
      field: (field ?? "any") as Term["field"],
      text: (phrase ?? word ?? "").trim(),
      isNot: minus !== undefined,
    }))
    .filter(({ text }) => text !== "" && text !== "-");
}

function matches(email: Email, { field, text }: Term): boolean {
  switch (field) {
    case "any":
      return has(`${email.from} ${email.fromAddress} ${email.subject} ${email.content}`, text);
    case "from":
      return has(`${email.from} ${email.fromAddress}`, text);
    case "to":
      return has([...email.to, ...email.cc, ...email.bcc].join(" "), text);
    case "subject":
      return has(email.subject, text);
    case "label":
      return email.labels.some((label) => label.toLowerCase() === text);
    case "is":
      return isMarked(email, text);
    case "in":
      return text === "anywhere" || isMarked(email, text) || email.folder === text;
    case "has":
      return text.startsWith("attachment") && email.attachments !== undefined;
    case "before":
      return email.date < text.replaceAll("/", "-");
    case "after":
      return email.date > text.replaceAll("/", "-");
  }
}

function isMarked(email: Email, mark: string): boolean {
  switch (mark) {
    case "starred":
      return email.isStarred;
    case "important":
      return email.isImportant === true;
    case "snoozed":
      return email.snoozedUntil !== undefined;
    case "read":
      return email.isRead;
    default:
      return mark === "unread" && !email.isRead;
  }
}

/** True when `text` begins at the start of a word. */
function has(haystack: string, text: string): boolean {
  const lower = haystack.toLowerCase();
  for (let at = lower.indexOf(text); at >= 0; at = lower.indexOf(text, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(lower[at - 1] ?? "")) return true;
  }
  return false;
}
