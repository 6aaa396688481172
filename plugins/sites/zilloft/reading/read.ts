import { frameReader, type FrameRules, type FreeReader, grouped, type Step, type Told } from "halo-agent/site";
import { foreign, frames, more, street } from "./frames.ts";
import { begins, names, prepared, vocabulary } from "./lexicon.ts";

const filters = /^(?:price_range|min_price|max_price|exact_beds|rooms|beds|baths|types|deal)$/;

/** Reads a goal about homes in free wording. */
export const readHomesGoal: FreeReader = frameReader({
  vocabulary,
  names,
  prepared,
  begins,
  frames,
  several: /^(?:types|price_range|min_price|max_price|exact_beds|rooms|beds|baths)$/,
  foreign,
  more,
  joined,
  objects,
});

/** A filter holds the search before it, an errand about one home the search and the look at it. */
function joined(all: readonly Step[]): readonly Step[] {
  const kinds = all.map(({ kind }) => kind);
  const isFiltered = kinds.some((kind) => filters.test(kind));
  const isAboutOne = kinds.some((kind) => /^(?:tour|contact|save|view)$/.test(kind));
  const covers = (kind: string): readonly string[] => {
    if (kind === "price_range") return ["min_price", "max_price"];
    if (kind === "rooms" || kind === "exact_beds") return ["beds", "baths"];
    return [];
  };
  const least = all.find(({ kind }) => kind === "min_price");
  if (least !== undefined && kinds.includes("max_price")) {
    const others = all.filter(({ kind }) => !/^(?:min|max)_price$/.test(kind));
    return joined([{ ...least, kind: "price_range" }, ...others]);
  }
  const covered = new Set(kinds.flatMap(covers));
  return all.filter(({ kind }) =>
    !covered.has(kind) && !(kind === "search" && (isFiltered || isAboutOne || kinds.includes("save_search"))) &&
    !(kind === "view" && kinds.some((other) => /^(?:tour|contact|save)$/.test(other)))
  );
}

const counts: Readonly<Record<string, string>> = {
  a: "1",
  single: "1",
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
};
const deals = [["For Rent", /\brent\b/], ["Sold", /\bsold\b/], ["For Sale", /\bfor sale\b|\bbuy\b/]] as const;
const kinds = [
  ["Townhomes", /\btownhome\b/],
  ["Condos/Co-ops", /\bcondo\b/],
  ["Apartments", /\bapartment\b/],
  ["Lots/Land", /\blot\b/],
  ["Multi-family", /\bmulti-?family\b/],
  ["Manufactured", /\bmanufactured\b/],
  ["Houses", /\bhouse\b/],
] as const;
const orders = [
  ["Newest", /\bnewest|latest|most recent|date\b/],
  ["Square feet", /\bsquare|largest|biggest|size|area|space\b/],
  ["Bedrooms", /\bbed\b/],
  ["Bathrooms", /\bbath\b/],
] as const;

const choiceOf = (list: readonly (readonly [string, RegExp])[], plain: string): string | undefined =>
  list.find(([, says]) => says.test(plain))?.[0];

function objects({ kind, told }: Step, whole: Told): ReturnType<FrameRules["objects"]> {
  const { plain } = whole;
  const raw = (mark: string): string | undefined => whole.tokens.find(({ low }) => low === mark)?.raw;
  const count = (what: string): string | undefined => {
    const said = new RegExp(
      `\\b(\\d|${Object.keys(counts).join("|")})(?: (?:or more|plus|and up|or \\d|full))* ${what}\\b`,
    )
      .exec(plain)?.[1];
    return said && (counts[said] ?? said);
  };
  const inUnit = [...told.plain.matchAll(/\b\d{4,}\b/g)].length;
  const priced = kind === "price_range" && inUnit < 2 ? plain : told.plain;
  const [first, second] = [...priced.matchAll(/\b\d{4,}\b/g)].map(([n]) => `$${grouped(Number(n))}`);
  const bare = street.replace("(?:\\d+ )?", "");
  const at = new RegExp(`\\b\\d+ ${bare}\\b`, "u").exec(plain) ??
    new RegExp(`(?<=\\b(?:on|at|of|in) )${bare}\\b`, "u").exec(plain);
  return {
    place: raw("§place") ?? /\b\d{5}\b/.exec(plain)?.[0],
    ...(/^(?:view|save|unsave|tour|contact|cancel)$/.test(kind) &&
      { street: at === null ? raw("§q") : capitals(at[0]) }),
    ...(/price/.test(kind) && { price: first, ...(kind === "price_range" && { high: second }) }),
    ...(/^(?:beds|exact_beds|rooms)$/.test(kind) && { beds: count("bed") }),
    ...(/^(?:baths|rooms)$/.test(kind) && { baths: count("bath") }),
    ...(kind === "tour" && { time: tourTime(plain) }),
    ...(kind === "deal" && { choice: choiceOf(deals, plain) }),
    ...(kind === "types" && { choice: choiceOf(kinds, plain) }),
    ...(kind === "sort" && { choice: choiceOf(orders, plain) }),
  };
}

const capitals = (text: string): string => text.replace(/(?<= |^)\p{L}/gu, (letter) => letter.toUpperCase());

/** The hour of a tour as the page names it, "2:00 PM"; without a half of the day it is one between nine and six. */
function tourTime(plain: string): string | undefined {
  const [, h, m = "00", half] = /\b(\d{1,2})(?::(\d{2}))?([ap])\.?m\b/.exec(plain) ??
    /\bat (\d{1,2})(?::(\d{2}))?\b/.exec(plain) ??
    (/\bnoon\b/.test(plain) ? ["", "12"] : []);
  if (h === undefined) return undefined;
  const hour = Number(h);
  const isMorning = half === undefined ? hour >= 9 && hour < 12 : half === "a";
  return `${hour}:${m} ${isMorning ? "AM" : "PM"}`;
}
