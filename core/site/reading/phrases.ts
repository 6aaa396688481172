import { indexAt, spelled, type Token, type Told } from "./told.ts";

/** Where a phrase ends, and what may stand at its beginning without belonging to it. */
export interface PhraseRules {
  /** Words that end it. */
  readonly stop: RegExp;
  /** Most words of one item. */
  readonly most?: number;
  /** Whether "and" and commas part items; otherwise they belong to the phrase. */
  readonly isList?: boolean;
}

const lead =
  /^(?:the|a|an|my|our|your|his|her|their|all|any|every|each|some|this|these|those|both|of|ones?|mails?|from|called|named|:|-)$/;
const joint = /^(?:,|and|or|plus|&|\/)$/;
const mark = /^[.;:!?()–—]$/;

/** A phrase of a goal, as it is spelled, and the token after it. */
export interface Phrase {
  readonly items: readonly string[];
  readonly next: number;
}

/** The phrase, or the list of them, that begins at a token. */
export function phraseAt(told: Told, from: number, { stop, most = 12, isList = false }: PhraseRules): Phrase {
  const items: string[] = [];
  let next = from;
  let isMore = true;
  while (isMore) {
    let at = next;
    while (at < told.tokens.length && lead.test(told.tokens[at]!.low)) at++;
    const own: Token[] = [];
    for (; at < told.tokens.length; at++) {
      const { low, raw } = told.tokens[at]!;
      if (mark.test(low) || stop.test(low) || (isList && joint.test(low)) || own.length === most) break;
      if (low === "'s" && raw !== "") break;
      own.push(told.tokens[at]!);
      if (low === "§q" || low === "§a") {
        at++;
        break;
      }
    }
    if (own.length === 0) break;
    items.push(spelled(told.goal, own).replace(/[,.;:!?]+$/, ""));
    next = at;
    let after = at;
    while (after < told.tokens.length && joint.test(told.tokens[after]!.low)) after++;
    isMore = isList && after > at && after < told.tokens.length && !stop.test(told.tokens[after]!.low);
    if (isMore) next = after;
  }
  return { items, next };
}

/** The phrases that follow each place where a pattern matches. */
export function phrasesAfter(told: Told, pattern: RegExp, rules: PhraseRules): readonly string[] {
  return [...told.plain.matchAll(new RegExp(pattern, `g${pattern.flags}`))].flatMap((found) =>
    phraseAt(told, indexAt(told, found.index + found[0].length), rules).items
  );
}

/** The words between two places of `plain`, as the goal spells them. */
export function spelledIn({ goal, tokens }: Told, start: number, end: number): string {
  let at = 0;
  const own = tokens.filter(({ low }) => {
    const isIn = at < end && at + low.length > start;
    at += low.length + 1;
    return isIn;
  });
  return spelled(goal, own);
}
