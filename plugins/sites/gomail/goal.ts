/** What a reader takes from a goal's words: what to do, with which mails, and what to write. */
export interface Wish {
  readonly kind: Kind;
  /** Sender of the mail meant. */
  readonly sender?: string;
  /** Senders of further mails meant. */
  readonly second?: string;
  readonly third?: string;
  /** Subject of the mail meant; of a mail to write, the one to give it. */
  readonly subject?: string;
  readonly label?: string;
  /** Words to search for. */
  readonly query?: string;
  /** Recipient of a mail to write, a second one, and one who gets a copy. */
  readonly address?: string;
  readonly other?: string;
  readonly copy?: string;
  /** Message to write. */
  readonly text?: string;
  /** Option of the page to choose: a time or a number. */
  readonly choice?: string;
  /** Name of a person who becomes a contact. */
  readonly name?: string;
}

export type Kind = keyof typeof readings;

/** Keys of a wish that a goal gives as quoted text. */
type Quoted = "subject" | "label" | "query" | "text" | "choice";

interface Reading {
  /** Words by which the kind is told, in goals whose quoted texts are masked. */
  readonly says: RegExp;
  /** Where each quoted text stands: `#` is the text, `…` anything without quotes. Tried in order, each text taken once. */
  readonly takes?: Partial<Readonly<Record<Quoted, readonly string[]>>>;
  /** What a quoted text is that no pattern took. */
  readonly rest?: Quoted;
}

const subject = ["#…as (?:the|its) subject", "subject…#"];
const query = ["(?:search|look|find)…#", "#…search"];
const label = ["label…#", "#…label"];
const reply = ["#…as (?:your|the) reply", "\\b(?:with|reply|know|back|be)\\b…#"];

/** The kinds of wishes; the first that fits a goal counts. */
const readings = {
  page_size: { says: /\b(per|on one) page\b|\bpage size\b/i },
  signature: { says: /\bsignature\b/i, rest: "text" },
  vacation: { says: /\bvacation\b/i, rest: "text" },
  contact: { says: /\bcontacts?\b/i },
  forward: { says: /\bforward\b/i, rest: "subject" },
  schedule: { says: /\bschedule\b/i, takes: { subject, choice: ["\\bfor #"] }, rest: "text" },
  snooze: { says: /\bsnooze\b/i, takes: { choice: ["(?:until|with|choose) #"] }, rest: "subject" },
  not_spam: { says: /\bnot spam\b/i, rest: "subject" },
  spam: { says: /\bspam\b/i, rest: "subject" },
  restore: { says: /\btrash\b.*\binbox\b|\binbox\b.*\btrash\b/i, rest: "subject" },
  unstar: {
    says:
      /\bunstar\b|\b(remove|take|lose|without|drop|off|away|longer)\b.*\bstar\b|\bstar\b.*\b(off|away|go|removed)\b/i,
    rest: "subject",
  },
  open_star: { says: /\b(open|read|look at)\b.*\bstar\b|\bstar\b.*\b(open|look)/i, rest: "subject" },
  star: { says: /\bstar\b/i, rest: "subject" },
  reply_label: {
    says:
      /\b(repl(y|ies|ied)|answer|write back|respond)\b.*\blabel\b|\blabel\b.*\b(repl(y|ies|ied)|answer|write back)\b/i,
    takes: { label, text: reply, query },
    rest: "subject",
  },
  reply: {
    says: /\b(reply|replies|replying|answer|write back|respond)\b/i,
    takes: { text: reply, query },
    rest: "subject",
  },
  draft: { says: /\bdraft\b/i, takes: { subject }, rest: "text" },
  compose: { says: /\b(send|sent|compose|write|email|message|mail)\b.*\S@\S/i, takes: { subject }, rest: "text" },
  create_label: { says: /\b(new|create|make)\b.*\blabel|\blabel (called|named)/i, rest: "label" },
  label: { says: /\blabel\b/i, takes: { label, query }, rest: "subject" },
  delete: { says: /\b(delete|deleting|remove|trash)\b/i, takes: { query }, rest: "subject" },
  archive: { says: /\barchiv/i, takes: { query }, rest: "subject" },
  mark_unread: { says: /\bunread\b/i, rest: "subject" },
  mark_read: { says: /\bread\b/i, rest: "subject" },
} as const satisfies Readonly<Record<string, Reading>>;

/** Kinds of wishes. */
export const kinds = Object.keys(readings) as Kind[];

/** Reads a goal text; undefined when it asks for nothing a mail page can do. */
export function readGoal(text: string): Wish | undefined {
  const quoted: string[] = [];
  const masked = text.replace(/"([^"]*)"/g, (_, inner: string) => `"${quoted.push(inner) - 1}"`);
  const kind = kinds.find((name) => readings[name].says.test(masked));
  if (kind === undefined) return undefined;
  const { takes = {}, rest }: Reading = readings[kind];
  const wish: Record<string, string | undefined> = { kind, ...people(masked), ...addresses(masked) };
  if (kind === "page_size") wish["choice"] = /\b\d+\b/.exec(masked)?.[0];
  if (kind === "contact") [wish["name"], wish["sender"]] = [wish["sender"], undefined];
  const left = new Map(quoted.map((inner, i) => [String(i), inner]));
  for (const [key, patterns] of Object.entries(takes)) {
    const found = patterns.flatMap((pattern) => {
      const at = new RegExp(pattern.replaceAll("#", '"(\\d+)"').replaceAll("…", '[^"]*'), "gi");
      return [...masked.matchAll(at)].map((m) => m[1]!);
    });
    const first = found.find((i) => left.has(i));
    if (first === undefined) continue;
    wish[key] = left.get(first);
    left.delete(first);
  }
  const [remaining] = left.values();
  if (rest !== undefined) wish[rest] ??= remaining;
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as unknown as Wish;
}

/** Names of people: runs of capitalised words, without a third word that only begins the sentence. */
function people(masked: string): Partial<Wish> {
  const [sender, second, third] = [...masked.matchAll(/\p{Lu}[\p{L}-]+(?:\s+\p{Lu}[\p{L}-]+)+/gu)].map((m) => {
    const words = m[0].split(/\s+/);
    const beginsSentence = /(^|[.!?:]\s+)$/.test(masked.slice(0, m.index));
    return (beginsSentence && words.length > 2 ? words.slice(1) : words).join(" ");
  });
  return defined({ sender, second, third });
}

/** Addresses, the one that goes with the word copy or Cc apart from the others. */
function addresses(masked: string): Partial<Wish> {
  const found = [...masked.matchAll(/[^\s"<>,;:]+@[\w.-]*\w/g)];
  const isCopy = ({ 0: address, index }: RegExpMatchArray): boolean =>
    /\b(cc|copy|copied)(\s+(to|for|in|goes))*:?\s+$/i.test(masked.slice(0, index)) ||
    /^\s+(in|on|as|gets|receives|into)\s+(an?\s+|the\s+)?(cc|copy)\b/i.test(masked.slice(index! + address.length));
  const [address, other] = found.filter((m) => !isCopy(m)).map(([text]) => text);
  return defined({ address, other, copy: found.find(isCopy)?.[0] });
}

function defined(parts: { readonly [K in keyof Wish]?: Wish[K] | undefined }): Partial<Wish> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}
