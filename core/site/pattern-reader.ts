import type { GoalReader, Wish } from "./wish.ts";
import { straightQuotes } from "./wording-doubt.ts";

/** The values a wish of a site can hold. */
export type WishKey<W extends Wish> = Exclude<keyof W, "kind"> & string;

/** How goals of one family are told and read. */
export interface Reading<W extends Wish> {
  /** Words by which the family is told, in goals whose quoted texts are masked: `"0"`, `"1"`, … */
  readonly says: RegExp;
  /** Where each quoted text stands: `#` is the text, `…` anything without quotes. Tried in order, each text taken once. */
  readonly takes?: { readonly [K in WishKey<W>]?: readonly string[] };
  /** What a quoted text is that no pattern took. */
  readonly rest?: WishKey<W>;
  /** Values of this family alone, from the masked goal and what `entities` found; an undefined one is taken away. */
  readonly also?: (masked: string, found: Values<W>) => Values<W>;
}

type Values<W extends Wish> = { readonly [K in WishKey<W>]?: string | undefined };

export interface PatternOptions<W extends Wish> {
  /** Families in the order in which they are tried; the first whose words fit a goal counts. */
  readonly families: readonly { readonly name: string; readonly reading: Reading<W> }[];
  /** Values that stand in a goal without quotes, such as names of people; none when absent. */
  readonly entities?: (masked: string) => Values<W>;
}

/** A reader by patterns: a family is told by its words, values by quotation marks and the site's entities. */
export function patternReader<W extends Wish>({ families, entities }: PatternOptions<W>): GoalReader<W> {
  return (text) => {
    const quoted: string[] = [];
    const masked = straightQuotes(text).replace(/"([^"]*)"/g, (_, inner: string) => `"${quoted.push(inner) - 1}"`);
    const family = families.find(({ reading }) => reading.says.test(masked));
    if (family === undefined) return undefined;
    const { takes = {}, rest, also } = family.reading;
    const found = entities?.(masked) ?? {};
    const wish: Record<string, string | undefined> = { kind: family.name, ...found, ...also?.(masked, found) };
    const left = new Map(quoted.map((inner, i) => [String(i), inner]));
    for (const [key, patterns] of Object.entries(takes) as [string, readonly string[]][]) {
      const taken = patterns.flatMap((pattern) => placesOf(pattern, masked)).find((i) => left.has(i));
      if (taken === undefined) continue;
      wish[key] = left.get(taken);
      left.delete(taken);
    }
    const [remaining] = left.values();
    if (rest !== undefined) wish[rest] ??= remaining;
    return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as unknown as W;
  };
}

/** The numbers of the quoted texts that stand where a pattern says. */
function placesOf(pattern: string, masked: string): readonly string[] {
  const at = new RegExp(pattern.replaceAll("#", '"(\\d+)"').replaceAll("…", '[^"]*'), "gi");
  return [...masked.matchAll(at)].map((found) => found[1]!);
}

/** Names of people in a goal: runs of capitalised words, without a third word that only begins the sentence. */
export function namesIn(masked: string): readonly string[] {
  return [...masked.matchAll(/\p{Lu}[\p{L}-]+(?:\s+\p{Lu}[\p{L}-]+)+/gu)].map((found) => {
    const words = found[0].split(/\s+/);
    const beginsSentence = /(^|[.!?:]\s+)$/.test(masked.slice(0, found.index));
    return (beginsSentence && words.length > 2 ? words.slice(1) : words).join(" ");
  });
}
