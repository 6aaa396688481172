import { spelled, type Token, type Told, toldOf } from "./told.ts";

/** Names of a site's things by the mark that stands for one in `plain`: `{ "§event": { all: ["Eye test", …] } }`. */
export type Names = Readonly<Record<string, NamesOf>>;

interface NamesOf {
  readonly all: readonly string[];
  readonly anyCase?: true;
  /** Found by two telling words of theirs as well, "the landlord call", and in lower case behind "the" and "my". */
  readonly parts?: true;
}

/** Finds names in a goal's words. */
export interface NameFinder {
  /** The same words with each name as one token: its mark, and as `raw` the name as the site has it. Pure. */
  masked(told: Told): Told;
}

interface Entry {
  readonly words: readonly string[];
  readonly mark: string;
  readonly name: string;
  readonly isLoose: boolean;
}

/**
 * A finder of names, longer ones first. A name of several words is found in any case; one of a single word only where it is
 * spelled with a capital, unless `anyCase` says otherwise, and stands by itself: "Headphones", not "Travel Headphones".
 */
export function nameFinder(names: Names): NameFinder {
  const entries = new Map<string, Entry[]>();
  for (const [mark, { all, anyCase = false }] of Object.entries(names)) {
    for (const name of new Set(all)) {
      const words = wordsOf(name);
      if (words.length === 0) continue;
      const same = entries.get(words[0]!);
      const entry = { words, mark, name, isLoose: anyCase || words.length > 1 };
      if (same === undefined) entries.set(words[0]!, [entry]);
      else same.push(entry);
    }
  }
  for (const same of entries.values()) same.sort((a, b) => b.words.length - a.words.length);
  const entryAt = (tokens: readonly Token[], i: number): Entry | undefined =>
    entries.get(rawOf(tokens[i]!))?.find(({ words, name, isLoose }) =>
      words.every((word, j) => tokens[i + j] !== undefined && isWord(tokens[i + j]!, word)) &&
      (isLoose || (tokens[i]!.raw[0] === name[0] && standsAlone(tokens, i)))
    );
  const partly = partFinder(names);
  return {
    masked({ goal, tokens }) {
      const out: Token[] = [];
      for (let i = 0; i < tokens.length; i++) {
        const entry = entryAt(tokens, i);
        if (entry === undefined) out.push(tokens[i]!);
        else {
          const last = tokens[i + entry.words.length - 1]!;
          out.push({ low: entry.mark, raw: entry.name, start: tokens[i]!.start, end: last.end });
          i += entry.words.length - 1;
        }
      }
      return toldOf(goal, partly(goal, out));
    },
  };
}

interface Part {
  readonly mark: string;
  readonly name: string;
  readonly stems: ReadonlySet<string>;
}

/** Finds names by words of theirs: those that no name under another mark has as well. */
function partFinder(names: Names): (goal: string, tokens: readonly Token[]) => readonly Token[] {
  const parts = Object.entries(names).flatMap(([mark, { all, parts }]) =>
    parts ? [...new Set(all)].map((name): Part => ({ mark, name, stems: new Set(stemsOf(name)) })) : []
  );
  if (parts.length === 0) return (_, tokens) => tokens;
  const known = new Set(parts.flatMap(({ stems }) => [...stems]));
  const partAt = (goal: string, tokens: readonly Token[], i: number): { token: Token; length: number } | undefined => {
    for (let length = Math.min(6, tokens.length - i); length > 0; length--) {
      const own = tokens.slice(i, i + length);
      if (own.some(({ low }) => !/^[\p{L}\p{N}]/u.test(low))) continue;
      const [first, last] = [stemsOf(own[0]!.raw), stemsOf(own.at(-1)!.raw)];
      if (first.length === 0 || last.length === 0 || !known.has(first[0]!)) continue;
      if (own.slice(1, -1).some(({ low }) => /^(?:and|or|by|from|in|at|on|an?)$/.test(low))) continue;
      const said = [...new Set(stemsOf(spelled(goal, own)))];
      const isOne = said.length === 1;
      if (/^(?:an?|new|another|extra|one)$/.test(tokens[i - 1]?.low ?? "")) continue;
      if (isOne && !/^(?:the|my|our|this|that|'s)$/.test(tokens[i - 1]?.low ?? "")) continue;
      const hasWith = own.some(({ low }) => low === "with");
      const fits = parts.filter(({ stems, name }) =>
        (!hasWith || / with /i.test(name)) && said.every((one) => stems.has(one)) && (!isOne || stems.size === 1)
      );
      const marks = new Set(fits.map(({ mark }) => mark));
      if (marks.size !== 1) continue;
      const raw = fits.length === 1 ? fits[0]!.name : spelled(goal, own);
      return { token: { low: fits[0]!.mark, raw, start: own[0]!.start, end: own.at(-1)!.end }, length };
    }
    return undefined;
  };
  return (goal, tokens) => {
    const out: Token[] = [];
    for (let i = 0; i < tokens.length; i++) {
      const found = tokens[i]!.low.startsWith("§") ? undefined : partAt(goal, tokens, i);
      out.push(found?.token ?? tokens[i]!);
      if (found !== undefined) i += found.length - 1;
    }
    return out;
  };
}

const stemsOf = (text: string): readonly string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !vague.test(word)).map((word) =>
    word.length > 4 ? word.replace(/(?:ings?|ed|es|s)$/, "") : word
  );

const capital = /^\p{Lu}/u;
/** True where no word beside it belongs to a longer name. */
const standsAlone = (tokens: readonly Token[], i: number): boolean =>
  !(i > 1 && capital.test(tokens[i - 1]!.raw)) && !capital.test(tokens[i + 1]?.raw ?? "");

const wordsOf = (name: string): readonly string[] =>
  name.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}.&'’/-]*/gu) ?? [];
const rawOf = ({ raw }: Token): string => raw.toLowerCase();
/** A token is a word of a name, its plural apart: "Eye tests" is found as "Eye test". */
const isWord = (token: Token, word: string): boolean => {
  const raw = rawOf(token);
  return raw === word || raw.replaceAll(/[^\p{L}\p{N}]/gu, "") === word.replaceAll(/[^\p{L}\p{N}]/gu, "");
};

/** Words that name nothing by themselves. */
const vague =
  /^(?:the|a|an|my|our|your|his|her|with|of|for|in|on|at|to|and|or|from|by|event|meeting|appointment|task|home|house|one|some|that|this|up|s)$/;

/**
 * The one of several names that words mean best: every telling word of the shorter of the two is in the other, and no other
 * name fits as well; undefined when none does. Pure.
 */
export function namedBy(words: string, names: readonly string[]): string | undefined {
  const said = telling(words);
  if (said.length === 0) return undefined;
  const exact = names.find((name) => name.toLowerCase() === words.toLowerCase().trim());
  if (exact !== undefined) return exact;
  const found = [...new Set(names)].map((name) => {
    const own = telling(name);
    const shared = own.filter((word) => said.includes(word)).length;
    return { name, shared, isWhole: shared > 0 && shared === Math.min(own.length, said.length) };
  }).filter(({ isWhole }) => isWhole).sort((a, b) => b.shared - a.shared);
  const [best, next] = found;
  return best === undefined || best.shared === next?.shared ? undefined : best.name;
}

const telling = (text: string): readonly string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !vague.test(word)).map((word) =>
    word.length > 3 ? word.replace(/(?:'s|s)$/, "") : word
  );
