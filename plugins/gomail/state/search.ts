import type { Email } from "./state.ts";

interface Term {
  readonly field: "any" | "from" | "to" | "subject" | "label" | "is";
  readonly text: string;
}

/**
 * A test for mails. Every term must match: words at the start of a word of sender, subject or body; "quoted phrases";
 * `from:` `to:` `subject:` `label:` `is:starred` `is:read` `is:unread`. Case does not matter.
 */
export function compileQuery(query: string): (email: Email) => boolean {
  const terms = parse(query);
  return (email) => terms.every((term) => matches(email, term));
}

function parse(query: string): readonly Term[] {
  const found = query.toLowerCase().matchAll(/(?:(from|to|subject|label|is):\s?)?(?:"([^"]*)"?|([^\s"]+))/g);
  return [...found]
    .map(([, field, phrase, word]) => ({
      field: (field ?? "any") as Term["field"],
      text: (phrase ?? word ?? "").trim(),
    }))
    .filter((term) => term.text !== "");
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
      return text === "starred" ? email.isStarred : text === "read" ? email.isRead : text === "unread" && !email.isRead;
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
