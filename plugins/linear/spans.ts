import type { Element } from "halo-agent";

/** A text that an action may carry or point at: a piece of the goal, or one that the page offers. */
export interface Span {
  readonly text: string;
  /**
   * Of the goal, but: `upper`, `lower`: a quoted text in that case; `held`: a field's; `shown`: the page's; `joined`: without
   * blanks. Without quotation marks: `word`, `capital`: one with a capital; `clause`: what a sentence ends with.
   */
  readonly kind:
    | "quoted"
    | "address"
    | "name"
    | "number"
    | "upper"
    | "lower"
    | "held"
    | "shown"
    | "joined"
    | "word"
    | "capital"
    | "clause";
  /** Last plain word before it, lower case; "" at the start. */
  readonly before: string;
  /** How many spans of its kind stand before it. */
  readonly rank: number;
  /** Goal words around it, each with its distance: 1 is next to it, 4 the farthest. */
  readonly around: ReadonlyMap<string, number>;
  /** Lower-case words that stand before it on the page. */
  readonly caption?: string;
  /** The field that holds it. */
  readonly source?: Element;
}

/** What a goal says, taken apart without knowing any site. */
export interface GoalParts {
  readonly spans: readonly Span[];
  /** Lower-case words outside the spans, in order. */
  readonly words: readonly string[];
  /** The words with each span replaced by its kind: equal for goals that differ in values only. */
  readonly skeleton: string;
}

const maxSpans = 8;
const maxDistance = 4;
const pattern =
  /"([^"]+)"|“([^”]+)”|(?<![\p{L}\p{N}])'([^']+)'(?![\p{L}\p{N}])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|((?:\p{Lu}[\p{L}'’-]+)(?:\s+\p{Lu}[\p{L}'’-]+)+)|(\d[\d.,:]*\d|\d)/gu;

/** Finds quoted texts, addresses, runs of capitalised words and numbers; the rest are the goal's own words. */
export function goalParts(goal: string): GoalParts {
  const found: { readonly text: string; readonly kind: Span["kind"]; readonly at: number }[] = [];
  const skeleton: string[] = [];
  const words: string[] = [];
  let end = 0;
  const plain = (text: string) => {
    for (const word of wordsOf(text)) {
      words.push(word);
      skeleton.push(word);
    }
  };
  for (const match of goal.matchAll(pattern)) {
    const [whole, q1, q2, q3, address, name] = match;
    const quoted = q1 ?? q2 ?? q3;
    const text = quoted ?? (name === undefined ? whole : withoutOpener(name, goal.slice(0, match.index)));
    plain(goal.slice(end, quoted === undefined ? match.index + whole.length - text.length : match.index));
    end = match.index + whole.length;
    const kind = quoted !== undefined
      ? "quoted"
      : address !== undefined
      ? "address"
      : name !== undefined
      ? "name"
      : "number";
    if (found.length < maxSpans) found.push({ text, kind, at: words.length });
    skeleton.push(`<${kind}>`);
  }
  plain(goal.slice(end));
  const spans = found.map(({ text, kind, at }, i) => ({
    text,
    kind,
    before: words[at - 1] ?? "",
    rank: found.slice(0, i).filter((f) => f.kind === kind).length,
    around: wordsAround(words, at),
  }));
  return { spans, words, skeleton: skeleton.join(" ") };
}

/** A run of three or more capitalised words that opens a sentence begins with an ordinary word: "Tell Ada Brook". */
function withoutOpener(name: string, before: string): string {
  const words = name.split(/\s+/);
  return words.length >= 3 && /(^|[.!?:]\s+)$/.test(before) ? words.slice(1).join(" ") : name;
}

function wordsAround(words: readonly string[], at: number): ReadonlyMap<string, number> {
  const around = new Map<string, number>();
  for (let distance = maxDistance; distance >= 1; distance--) {
    for (const word of [words[at - distance], words[at + distance - 1]]) if (word) around.set(word, distance);
  }
  return around;
}

/** Lower-case words of a text: runs of letters and digits. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
