import { mend } from "./typos.ts";

/** A word, a quoted text, an address or a punctuation mark of a goal. */
export interface Token {
  /** Lower case, mended and canonical; `§q` is a quoted text, `§a` an address. */
  readonly low: string;
  /** As it is written, a quoted text without its marks. */
  readonly raw: string;
  /** Where it stands in the goal. */
  readonly start: number;
  readonly end: number;
}

/** A stretch of a goal as a reader looks at it. */
export interface Told {
  readonly goal: string;
  readonly tokens: readonly Token[];
  /** The tokens' `low`, a space between each two; what patterns are tried on. */
  readonly plain: string;
}

/** What a site tells of its words. */
export interface Vocabulary {
  /** Words that mean the same, by the one that stands for them: `{ mail: "email message" }`. */
  readonly same: Readonly<Record<string, string>>;
  /** Words whose misspellings are mended. */
  readonly known: ReadonlySet<string>;
}

const quotes =
  /"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»|‘([^’]*)’(?!\p{L})|`([^`]*)`|(?<![\p{L}\p{N}])'([^']+)'(?![\p{L}\p{N}])/u;
const address = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;
const number =
  /\d{1,2}[:.]\d{2}(?:\s?(?:[ap]\.m\b\.?|[ap]m\b))?|\d{1,2}\s?[ap]\.?m\b|\d+(?:[/.-]\d+)+|\d+(?:st|nd|rd|th)?\b/iu;
const title = /(?:mr|mrs|ms|dr|prof|st)\.(?=\s+\p{L})/iu;
const word = /w\/o?(?=\s)|[\p{L}\p{N}](?:[\p{L}\p{N}_&+#/]|[-.'’](?=[\p{L}\p{N}]))*/u;
const token = new RegExp(
  [quotes, address, number, title, word, /->|(?<=\s)(?:\+|=|\|)(?=\s)|(?<=\s)\/\/?(?=\s)|[→.,;:!?()–—&-]/u].map((
    { source },
  ) => source).join("|"),
  "giu",
);

const contractions: ReadonlyMap<string, string> = new Map(Object.entries({
  "can't": "can not",
  "cannot": "can not",
  "let's": "let us",
  "won't": "will not",
  ...Object.fromEntries(
    "do does did is are was were has have had would could should must need".split(" ").map((word) => [
      `${word}nt`,
      `${word} not`,
    ]),
  ),
  "cant": "can not",
  "wont": "will not",
  "gonna": "going to",
  "n": "and",
  "u": "you",
  "wanna": "want to",
  "gotta": "have to",
  "gimme": "give me",
  "lemme": "let me",
  "thats": "that is",
  "theres": "there is",
  "pls": "please",
  "plz": "please",
  "im": "i am",
  "ive": "i have",
  "id": "i would",
  "&": "and",
  "+": "and",
  "w/": "with",
  "w/o": "without",
  "->": "as",
  "→": "as",
  "=": "is",
  "|": ",",
  "/": ",",
  "//": ",",
}));

/** Cuts a goal into tokens: quoted texts and addresses are one each, contractions two, misspelled known words mended. */
export function tell(goal: string, { same, known }: Vocabulary): Told {
  const canonical = canonicalOf(same);
  const tokens = [...goal.matchAll(token)].flatMap((found): Token[] => {
    const [start, end] = [found.index, found.index + found[0].length];
    const inner = found.slice(1).find((part) => part !== undefined);
    if (inner !== undefined) return [{ low: "§q", raw: inner, start, end }];
    if (found[0].includes("@")) return [{ low: "§a", raw: found[0], start, end }];
    // "Crete" is no misspelled "create".
    const isName = /^\p{Lu}\p{Ll}/u.test(found[0]) && !/(?:^|[.!?:;"“'(])\s*$/.test(goal.slice(0, start));
    return lowsOf(found[0], isName ? none : known).map(({ low, from, to }) => ({
      low: canonical.get(low) ?? low.replaceAll(" ", ""),
      raw: found[0].slice(from, to),
      start: start + from,
      end: start + to,
    }));
  });
  return toldOf(goal, tokens);
}

const none: ReadonlySet<string> = new Set();
const canonicals = new WeakMap<object, ReadonlyMap<string, string>>();

function canonicalOf(same: Vocabulary["same"]): ReadonlyMap<string, string> {
  let found = canonicals.get(same);
  if (found === undefined) {
    found = new Map(Object.entries(same).flatMap(([stands, words]) => words.split(/\s+/).map((one) => [one, stands])));
    canonicals.set(same, found);
  }
  return found;
}

/** A stretch of tokens of a goal. */
export function toldOf(goal: string, tokens: readonly Token[]): Told {
  return { goal, tokens, plain: tokens.map(({ low }) => low).join(" ") };
}

/** "Categorised" as "categorized", for known words. */
function americanOf(low: string, known: ReadonlySet<string>): string {
  const stem = /^(\p{L}+i)s(?:e|es|ed|ing)$/u.exec(low)?.[1];
  return stem !== undefined && known.has(`${stem}ze`) ? `${stem}z${low.slice(stem.length + 1)}` : low;
}

interface Low {
  readonly low: string;
  readonly from: number;
  readonly to: number;
}

function lowsOf(written: string, known: ReadonlySet<string>): readonly Low[] {
  const low = americanOf(written.toLowerCase().replaceAll("’", "'"), known);
  const whole = (as: string): Low[] => [{ low: as, from: 0, to: written.length }];
  const [first, second] = (contractions.get(low) ?? "").split(" ");
  if (second !== undefined) return [...whole(first!), { low: second, from: written.length, to: written.length }];
  if (first) return whole(first);
  const cut = /^(.+)('(?:s|re|ve|d|ll|m))$|^(.+)(n't)$|^(.+s)(')$/.exec(low);
  if (cut === null) return whole(known.has(low) ? low : mend(low, known));
  const [head, tail] = [cut[1] ?? cut[3] ?? cut[5]!, cut[2] ?? cut[4] ?? cut[6]!];
  const tails: Readonly<Record<string, string>> = { "n't": "not", "'d": "would", "'ll": "will", "'": "'s" };
  return [
    { low: known.has(head) ? head : mend(head, known), from: 0, to: head.length },
    { low: tails[tail] ?? tail, from: head.length, to: written.length },
  ];
}

/** Index of the first token at or after a place of `plain`. */
export function indexAt({ tokens }: Told, place: number): number {
  let at = 0;
  for (const [i, { low }] of tokens.entries()) {
    if (at >= place) return i;
    at += low.length + 1;
  }
  return tokens.length;
}

/** The tokens as the goal spells them. */
export function spelled(goal: string, tokens: readonly Token[]): string {
  if (tokens.length === 1) return tokens[0]!.raw;
  return tokens.length === 0 ? "" : goal.slice(tokens[0]!.start, tokens.at(-1)!.end);
}
