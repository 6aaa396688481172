import type { Element, Point } from "halo-agent";
import { hashOf, join } from "./hashing.ts";
import { type GoalParts, type Span, wordsOf } from "./spans.ts";

/** Texts that a goal offers without quotation marks. */
export interface Phrases {
  readonly spans: readonly Span[];
  /** Of each: hashes of itself and the words around it, and whether it is on the page or the longest clause. */
  readonly places: ReadonlyMap<Span, Place>;
  /** Words of the goal. */
  readonly words: ReadonlySet<string>;
}

interface Place {
  readonly before: number;
  readonly after: number;
  readonly text: number;
  readonly isShown: boolean;
  readonly isLongest: boolean;
}

const maxWords = 10;
const maxCapitals = 4;
const maxClauses = 4;

/** Words of every goal, which are nothing to type. */
const little = new Set(
  ("a an the to of and or for in on at by with from into my me i you your his her him she he it its they them their that this " +
    "these those is are be was were has have had do does if when who where what which as not no all any every there so then")
    .split(" "),
);

/** Words that a clause of its own begins with: what to say, to ask, to tell. */
const clauseOpeners = new Set(
  "that if whether when where who about regarding concerning because and to asking".split(" "),
);

interface Word {
  readonly text: string;
  readonly at: number;
  readonly end: number;
  /** True at the start of a sentence or after a colon, where a capital says nothing. */
  readonly isFirst: boolean;
}

/** Finds what a goal offers to type without quotation marks: single words, capitalised ones, clauses to the end of their sentence. */
export function phrasesOf(at: Point, goal: GoalParts): Phrases {
  const text = at.task.text;
  const words = wordsIn(text);
  const quoted = goal.spans.filter(({ kind }) => kind === "quoted" || kind === "address").map(({ text }) => text).join(
    " ",
  );
  // Two capitals at the start of a sentence are a verb and a name: "Tell Ada".
  const openers = new Set(words.filter(({ isFirst }) => isFirst).map((word) => word.text));
  const names = goal.spans.filter(({ kind }) => kind === "name").map(({ text }) => text.split(/\s+/))
    .filter((name) => name.length > 2 || !openers.has(name[0]!)).flat();
  const places = new Map<Span, Place>();
  const shown = ` ${at.observation.elements.map((e) => wordsOf(`${e.name} ${e.near}`).join(" ")).join(" ")} `;
  const counts = { word: 0, capital: 0, clause: 0 };
  const add = (kind: keyof typeof counts, o: { text: string; before: string; after: string; isLongest?: boolean }) => {
    const span: Span = { text: o.text, kind, before: o.before, rank: counts[kind]++, around: new Map() };
    places.set(span, {
      before: hashOf(o.before),
      after: hashOf(o.after),
      text: hashOf(kind === "clause" ? "" : o.text.toLowerCase()),
      isShown: shown.includes(` ${wordsOf(o.text).join(" ")} `),
      isLongest: o.isLongest ?? false,
    });
  };
  for (const [i, word] of words.entries()) {
    const plain = word.text.toLowerCase();
    const isCapital = /^\p{Lu}/u.test(word.text) && !word.isFirst;
    if (quoted.includes(word.text) || names.includes(word.text)) continue;
    const around = { before: plainAt(words, i - 1), after: plainAt(words, i + 1) };
    if (isCapital && counts.capital < maxCapitals) add("capital", { text: word.text, ...around });
    else if (!isCapital && plain.length > 2 && !little.has(plain) && counts.word < maxWords) {
      add("word", { text: plain, ...around });
    }
  }
  const clauses = clausesOf(text, { words, people: [...names, ...capitals(words)] });
  const longest = Math.max(0, ...clauses.map((one) => one.text.length));
  for (const one of clauses.slice(0, maxClauses)) add("clause", { ...one, isLongest: one.text.length === longest });
  return { spans: [...places.keys()], places, words: new Set(wordsOf(text)) };
}

const plainAt = (words: readonly Word[], i: number): string => words[i]?.text.toLowerCase() ?? "";
const capitals = (words: readonly Word[]): string[] =>
  words.filter((word) => /^\p{Lu}/u.test(word.text) && !word.isFirst).map(({ text }) => text);

function wordsIn(text: string): readonly Word[] {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)].map((found) => ({
    text: found[0],
    at: found.index,
    end: found.index + found[0].length,
    isFirst: /(^|[.!?:]\s+)$/.test(text.slice(0, found.index)),
  }));
}

/** Clauses from a person or an opening word to the end of the sentence; without an "and" at their beginning. */
function clausesOf(
  text: string,
  { words, people }: { readonly words: readonly Word[]; readonly people: readonly string[] },
) {
  const found: { readonly text: string; readonly before: string; readonly after: string }[] = [];
  for (const [i, word] of words.entries()) {
    const isPerson = people.includes(words[i - 1]?.text ?? "") && !people.includes(word.text);
    const isOpener = clauseOpeners.has(word.text.toLowerCase());
    if (!isPerson && !isOpener) continue;
    const start = word.text.toLowerCase() === "and" ? words[i + 1]?.at ?? word.end : word.at;
    const clause = text.slice(start).replace(/[.!?](\s.*)?$/su, "").trim();
    if (wordsOf(clause).length < 2 || found.some((one) => one.text === clause)) continue;
    found.push({ text: clause, before: plainAt(words, i - 1), after: isPerson ? "(person)" : word.text.toLowerCase() });
  }
  return found;
}

const family = (name: string): number => hashOf(`phrases ${name}`);
const F = {
  kind: family("kind, field"),
  rank: family("kind, rank, field"),
  before: family("word before, kind, field"),
  after: family("word after, kind, field"),
  text: family("text, field"),
  isShown: family("stands on the page, kind, field"),
  longest: family("longest clause, field"),
  head: family("goal says the head of the name, role"),
} as const;

/** Emits whether the goal says the first words of a control's name; what follows them is often a value. */
export function emitHead(
  { role, name }: Element,
  { verb, words }: { readonly verb: number; readonly words: ReadonlySet<string> },
  emit: (hash: number, value?: number) => void,
): void {
  const head = wordsOf(name).slice(0, 2).filter((word) => !little.has(word));
  const said = head.filter((word) => words.has(word)).length;
  if (said > 0) emit(join(join(F.head, said === head.length ? 1 : 0), join(verb, hashOf(role))));
}

/** Emits what is known of a text that the goal offers and the field it would be typed into. */
export function emitPhrase(
  span: Span,
  { element, verb, phrases }: { readonly element: Element; readonly verb: number; readonly phrases: Phrases },
  emit: (hash: number, value?: number) => void,
): void {
  const place = phrases.places.get(span);
  if (place === undefined) return;
  const kind = hashOf(span.kind);
  const field = join(verb, hashOf(`${element.role} ${element.name.toLowerCase()}`));
  emit(join(join(F.kind, kind), field));
  emit(join(join(F.rank, kind), join(span.rank, field)));
  emit(join(join(F.before, place.before), join(kind, field)));
  emit(join(join(F.after, place.after), join(kind, field)));
  emit(join(join(F.text, place.text), field));
  emit(join(join(F.isShown, kind), join(place.isShown ? 1 : 0, field)));
  if (span.kind === "clause") emit(join(F.longest, join(place.isLongest ? 1 : 0, field)));
}
