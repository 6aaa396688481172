/** What a reader takes from a goal's words: what to do, with which mail, and what to write. */
export interface Wish {
  readonly kind: "star" | "archive" | "label" | "delete" | "reply" | "compose";
  /** Sender of the mail meant. */
  readonly sender?: string;
  /** Subject of the mail meant; for `compose` the one to write. */
  readonly subject?: string;
  readonly label?: string;
  /** Words to search for. */
  readonly query?: string;
  /** Recipient of a new mail. */
  readonly address?: string;
  /** Message to write. */
  readonly text?: string;
}

/** The kinds of wishes, and the word by which one is told; the first that fits counts. */
const verbs: readonly (readonly [Wish["kind"], RegExp])[] = [
  ["reply", /\b(reply|replies|replying|answer)\b/i],
  ["compose", /\b(send|compose|write)\b.*\S@\S/i],
  ["label", /\blabel\b/i],
  ["delete", /\b(delete|remove|trash)\b/i],
  ["archive", /\barchive\b/i],
  ["star", /\bstar\b/i],
];

/** Reads a goal text; undefined when it asks for nothing a mail page can do. Quoted texts are told apart by the word before. */
export function readGoal(text: string): Wish | undefined {
  const quoted: string[] = [];
  const masked = text.replace(/"([^"]*)"/g, (_, inner: string) => `"${quoted.push(inner) - 1}"`);
  const kind = verbs.find(([, pattern]) => pattern.test(masked))?.[0];
  if (kind === undefined) return undefined;
  /** Takes the quoted text that follows these words; each is taken once. */
  const take = (before: RegExp): string | undefined => {
    const i = masked.match(new RegExp(`${before.source}[^"]*"(\\d+)"`, "i"))?.[1];
    const inner = i === undefined ? undefined : quoted[Number(i)];
    if (i !== undefined) delete quoted[Number(i)];
    return inner;
  };
  const rest = () => quoted.find((inner) => inner !== undefined);
  const sender = masked.match(/\b(?:from|by)\s+(\p{Lu}[\p{L}'’-]*(?:\s+\p{Lu}[\p{L}'’-]*)*)/u)?.[1];
  const found = { kind, ...(sender !== undefined && { sender }) };
  switch (kind) {
    case "compose":
      return defined({
        ...found,
        address: masked.match(/[^\s"<>,;:]+@[\w.-]*\w/)?.[0],
        subject: take(/\bsubject\b/),
        text: rest(),
      });
    case "reply":
      return defined({ ...found, text: take(/\b(?:with|reply|replying)\b/), subject: rest() });
    case "label":
      return defined({ ...found, label: take(/\blabel\b/), subject: rest() });
    case "delete":
      return defined({ ...found, query: take(/\b(?:search for|look up|find)\b/), subject: rest() });
    default:
      return defined({ ...found, subject: rest() });
  }
}

/** The wish without the parts that were not found. */
function defined(parts: { readonly kind: Wish["kind"] } & { readonly [K in keyof Wish]?: Wish[K] | undefined }): Wish {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as unknown as Wish;
}
