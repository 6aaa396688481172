/** A piece of the goal that an action may carry or point at. */
export interface Span {
  readonly text: string;
  readonly kind: "quoted" | "address" | "name" | "number";
  /** Last plain word before it, lower case; "" at the start. */
  readonly before: string;
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
const pattern =
  /"([^"]+)"|“([^”]+)”|(?<![\p{L}\p{N}])'([^']+)'(?![\p{L}\p{N}])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|((?:\p{Lu}[\p{L}'’-]+)(?:\s+\p{Lu}[\p{L}'’-]+)+)|(\d[\d.,:]*\d|\d)/gu;

/** Finds quoted texts, addresses, runs of capitalised words and numbers; the rest are the goal's own words. */
export function goalParts(goal: string): GoalParts {
  const spans: Span[] = [];
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
    plain(goal.slice(end, match.index));
    end = match.index + match[0].length;
    const [, q1, q2, q3, address, name] = match;
    const quoted = q1 ?? q2 ?? q3;
    const kind = quoted !== undefined
      ? "quoted"
      : address !== undefined
      ? "address"
      : name !== undefined
      ? "name"
      : "number";
    if (spans.length < maxSpans) spans.push({ text: quoted ?? match[0], kind, before: words.at(-1) ?? "" });
    skeleton.push(`<${kind}>`);
  }
  plain(goal.slice(end));
  return { spans, words, skeleton: skeleton.join(" ") };
}

/** Lower-case words of a text: runs of letters and digits. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
