import { indexAt, type Told, toldOf } from "halo-agent/site";

const place = "(?:wishlist|cart|later|aside)";
/** Where, behind one thing and its place, the next thing is named with its own: "the tent in the cart and the mug on the wishlist". */
const nextThing = new RegExp(
  `(?<=\\b${place}) (?:,|and|but|;|–|-)(?: (?:and|but|then|also))*(?= (?:(?:the|a|an|my|one|two|three|\\d+) (?!rest\\b|others?\\b)(?!§)|(?:(?:the|a|an|my|one|two|three|\\d+) )?§(?:product|goods?|q)\\b)(?![^.;!?]*\\bback\\b)[^.;!?]*\\b${place}\\b)`,
);
/** "Both" of two that are named. */
const both = /\bboth (?=(?:(?:the|a|an|my) )?(?:[^ ,.;]+ ){1,4}and )/;

const thatBrand = /(?<=§brand\b.*)\b(?:that|this|the same) (?:brand|make|company|firm|label|producer)\b/;

/** The words cut where the next thing has a place of its own, without the "both" of two named things, and "that brand" by its name. Pure. */
export function placed(told: Told): Told {
  const { goal, tokens, plain } = told;
  const pair = both.exec(plain);
  if (pair !== null) return placed(toldOf(goal, tokens.filter((_, i) => i !== indexAt(told, pair.index))));
  const again = thatBrand.exec(plain);
  if (again !== null) {
    const at = indexAt(told, again.index);
    const brand = tokens.slice(0, at).findLast(({ low }) => low === "§brand")!;
    return placed(toldOf(goal, [...tokens.slice(0, at), brand, ...tokens.slice(at + again[0].split(" ").length)]));
  }
  const found = nextThing.exec(plain);
  if (found === null) return told;
  const from = indexAt(told, found.index + 1);
  const next = tokens[from + found[0].trim().split(" ").length]!;
  const end = { low: ".", raw: ".", start: next.start, end: next.start };
  const rest = placed(toldOf(goal, tokens.slice(tokens.indexOf(next))));
  return toldOf(goal, [...tokens.slice(0, from), end, ...rest.tokens]);
}
