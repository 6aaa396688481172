import {
  type Frame,
  frameReader,
  type FrameRules,
  type FreeReader,
  otherVerb,
  phrasesAfter,
  spelledAs,
  type Step,
  type Told,
  type Unit,
  unsets,
} from "halo-agent/site";
import { examplesIn } from "halo-agent/site/assets";
import { acts, foreign, frames, more, pointsBack, tells } from "./frames.ts";
import { joined } from "./joined.ts";
import { begins, controls, names, prepared, vocabulary } from "./lexicon.ts";
import { placed } from "./places.ts";
import { n } from "./words.ts";

/** Reads a goal about a shop in free wording. */
export const readShopGoal: FreeReader = frameReader({
  vocabulary,
  names,
  controls,
  prepared,
  marked: placed,
  begins,
  frames,
  foreign,
  weighs,
  more,
  pointsBack,
  acts,
  tells,
  joined,
  doubts,
  objects,
  examples: examplesIn(new URL("examples.txt", import.meta.url)),
});

/** What is added or removed is the shop's, or lies where the shop puts things: "add a contact" is not. */
const ofShop = /§|\b(?:cart|bag|wishlist|saved|aside|order|orders|shop|it|them|one|ones|this|that)\b/;

function doubts({ kind }: Step, { plain }: Told): string | undefined {
  if (kind === "quantity" && !new RegExp(`\\b${n}\\b`).test(plain)) return "no number is named";
  if (kind === "sort" && sortingOf(plain) === undefined && !/§q|\b(?:price|cost)/.test(plain)) {
    return "no list has that order";
  }
  return /^(?:add|remove)$/.test(kind) && !ofShop.test(plain) ? "nothing in it is the shop's" : undefined;
}

/** Under what condition, or when, something is to be done: the shop does it now. */
const condition =
  / (?:if|unless|provided|as long as|only when|in case)(?! (?:you|possible|necessary|need|needed|i (?:remember|recall|am not)|that (?:is|'s) (?:ok|okay|fine|possible)|so|not|and)\b)\b/;
const anotherTime =
  /^(?:buy|order|add|put|delete|cancel|checkout|pay|place)\b.* (?:tomorrow|tonight|next (?:week|month|year|\p{L}+day)|(?:this|on) \p{L}+day|in \S+ (?:minutes|hours|days|weeks|months))$/u;

/** What is to come first. */
const ordering =
  /\b(?:\p{L}{3,}est|new|old|recent|most|least|latest|arrivals)(?: \p{L}+){0,3} (?:first|on top|at the (?:very )?(?:top|front|beginning|start)|up front|to the top)$/u;

function weighs({ told: { plain }, isCommand, asks }: Unit, frame: Frame | undefined): string | undefined {
  if (frame?.kind !== "sort" && (isCommand || asks) && ordering.test(plain)) return "no list has that order";
  if (frame === undefined || frame.kind === "" || !(isCommand || asks)) return undefined;
  if (condition.test(plain)) return "it asks under a condition";
  if (anotherTime.test(plain) && frame.kind !== "later") return "it asks for another time";
  const verb = acts[frame.kind] === undefined ? otherVerb(plain, { says: frame.says, begins }) : unsets(plain);
  return verb === undefined ? undefined : `"${verb}" asks for something else`;
}

const stop =
  /^(?:to|in|into|from|out|off|on|onto|for|and|with|by|at|is|are|should|so|because|please|then|that|which|as|again|once|first|instead|,|now|right|but|any|no|not|one|under|below|between|over|up|down|page|details|of|if|after|though|back|i|we)$/;
const verb =
  /\b(?:add|buy|order|put|pop|stick|throw|delete|take|get|save|keep|set|move|open|find|search for|look for|look up|show|page of|details of|number of|quantity of|reorder|about|on|of|grab|cancel|want|need|like|bring|leave)(?: (?:me|us|some|any|more|about|for|up|\d+|two|three|four|five|six|of))*(?= )/;
const counts = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

function objects({ kind, told }: Step, whole: Told): ReturnType<FrameRules["objects"]> {
  const raws = (mark: string): readonly string[] => spelledAs(mark, { told, whole });
  const rules = { stop, most: 6, isList: true } as const;
  const said = [told, whole].flatMap((one) => phrasesAfter(one, verb, rules)).filter((one) =>
    !/^(?:it|them|that|this|me|\d+)$/i.test(one)
  );
  const quoted = raws("§q");
  const goods = [...raws("§good"), ...raws("§goods")];
  const [product, second] = [...raws("§product"), ...quoted, ...goods, ...said];
  const numbers = [...whole.plain.matchAll(/(?<![\d.-])\d+(?:\.\d+)?(?![\d.-])/g)].map(([number]) => number);
  const word = /\b(?:two|three|four|five|six|seven|eight|nine|ten|one)\b/.exec(told.plain)?.[0];
  const quantity = /\b\d{1,2}\b/.exec(told.plain)?.[0] ?? (word && String(counts.indexOf(word) + 1));
  const department = raws("§department")[0]?.replace(/ (?:department|departement|section|category|aisle)$/i, "");
  return {
    ...(/^(?:buy|add|wish|remove|later|back|open|again|quantity)$/.test(kind) && { product }),
    ...(/^(?:add|buy)$/.test(kind) && raws("§product").length > 1 && { second }),
    ...(/^(?:buy|add)$/.test(kind) && quantity !== "1" && { quantity }),
    ...(kind === "quantity" && { quantity: quantity ?? numbers.at(-1) }),
    ...(kind === "department" && { department: department ?? quoted[0] }),
    ...(kind === "brand" && { brand: raws("§brand")[0] ?? quoted[0] }),
    ...(/^(?:search|sort|brand|prices)$/.test(kind) && { query: quoted[0] ?? goods[0] ?? said[0] }),
    ...(kind === "sort" && { sort: sortingOf(whole.plain) }),
    ...(kind === "prices" && boundsOf(whole.plain, numbers)),
    ...(kind === "cancel" && { order: /\b\d{3}-\d+\b/.exec(whole.goal)?.[0] }),
    ...(kind === "checkout" && { digits: /\b(?:ending|ends)(?: (?:in|with|on))? (\d{4})\b/.exec(whole.plain)?.[1] }),
    ...(kind === "deliver" && { address: quoted[0] ?? raws("§place")[0] }),
  };
}

function sortingOf(plain: string): string | undefined {
  if (/\breviews?\b|\breviewed\b|\bpopular/.test(plain)) return "Most reviews";
  if (/\brating\b|\bbest\b/.test(plain)) return "Customer rating";
  if (/\b(?:cheapest|cheap|lowest|low to high|ascending)\b/.test(plain)) return "Price: low to high";
  return /\b(?:expensive|highest|priciest|dearest|high to low|descending)\b/.test(plain)
    ? "Price: high to low"
    : undefined;
}

function boundsOf(plain: string, [first, second]: readonly string[]): { readonly min?: string; readonly max?: string } {
  if (first !== undefined && second !== undefined) return { min: first, max: second };
  if (first === undefined) return {};
  const isLeast = /\b(?:over|above|at least|starting|upwards|minimum|and up|or more|pricier|no less)\b/.test(plain) &&
    !/\b(?:hide|no more than|filter out|not over|nothing over|nothing above)\b/.test(plain);
  return isLeast ? { min: first } : { max: first };
}
