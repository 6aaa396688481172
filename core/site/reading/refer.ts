import { type Token, type Told, toldOf } from "./told.ts";

const pronoun = /^(?:it|them)$/;
const pointing = /^(?:that|this|these|those)$/;
const ends =
  /^(?:off|out|up|down|from|to|as|in|on|into|onto|for|please|now|then|again|today|tomorrow|away|back|instead|at|by|with|and|,|complete|be|too|is|should|must|can|needs?)$/;
const noun = /^(?:one|item|thing|entry|slot|point|line|appointment|event|task|calendar|job|block|date|meeting)$/;

/**
 * A unit with the name of a thing that was spoken of before in the place of "it", "that one"; what names a thing itself stays
 * as it is. A bare verb, "and remove", gets the name behind it.
 */
export function referred(
  told: Told,
  { before, things, isVerb }: { readonly before: Token | undefined; readonly things: RegExp; readonly isVerb: boolean },
): Told {
  const { goal, tokens } = told;
  if (before === undefined || tokens.some(({ low }) => things.test(low))) return told;
  const at = tokens.findIndex(({ low }, i) => {
    const next = tokens[i + 1]?.low ?? "";
    return pronoun.test(low) || (pointing.test(low) && (next === "" || ends.test(next) || noun.test(next)));
  });
  if (at < 0) return isVerb && tokens.length <= 2 ? toldOf(goal, [...tokens, before]) : told;
  const isTwo = pointing.test(tokens[at]!.low) && noun.test(tokens[at + 1]?.low ?? "");
  return toldOf(goal, [...tokens.slice(0, at), before, ...tokens.slice(at + (isTwo ? 2 : 1))]);
}

/** The thing that a unit speaks of first, named ones before quoted texts. */
export const thingIn = ({ tokens }: Told, things: RegExp): Token | undefined =>
  tokens.find(({ low }) => low !== "§q" && things.test(low)) ?? tokens.find(({ low }) => things.test(low));
