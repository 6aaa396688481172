import {
  frameReader,
  type FrameRules,
  type FreeReader,
  grouped,
  numberWords,
  type Step,
  type Told,
} from "halo-agent/site";
import { examplesIn } from "halo-agent/site/assets";
import { doubts } from "./doubt.ts";
import { frames, more } from "./frames.ts";
import { begins, controls, names, prepared, vocabulary } from "./lexicon.ts";
import { marked } from "./marks.ts";

const filters = /^(?:price_range|min_price|max_price|exact_beds|rooms|beds|baths|types|deal)$/;

/** What points back at what was told, or on at what follows. */
const pointsBack =
  /^(?=(?:filter|limit|narrow|restrict|change|set|switch|apply|use|adjust|choose|select|pick|confine)\b)(?!.*§money).*\b(?:(?:by|to|for|on|with|in|apply|use|as) (?:that|this|these|those|the same)(?: (?:home|listing|property))?(?: (?:price|range|span|budget|limits?|type|kind|filter|status|number))*(?: (?:at (?:most|least)|only|instead))?|accordingly|(?:down|a bit|a little)(?: further)?)$/;

/** Reads a goal about homes in free wording. */
export const readHomesGoal: FreeReader = frameReader({
  vocabulary,
  names,
  controls,
  prepared,
  marked,
  begins,
  frames,
  several: /^(?:deal|sort|types|price_range|min_price|max_price|exact_beds|rooms|beds|baths)$/,
  foreign: /^(?!)/,
  weighs: doubts,
  more,
  titles: /^(?:name|e-?mail|mail|phone|telephone|message|text) (?:: |is )?(?:§q|§a|§phone)/,
  pointsBack: { says: pointsBack, kinds: filters },
  joined,
  objects,
  examples: examplesIn(new URL("examples.txt", import.meta.url)),
});

/** What homes are not to be. */
const unlike =
  /\b(?:any(?:thing|where)?|every(?:thing|where)|all) but\b|\b(?:not|no|without|except)\b[^.;!?]*\b(?:rent|sold|apartment|condo|townhome|lot|manufactured|multi-family)\b/;
/** "My sister wants a condo. Show her the ones in Reno": of a kind. */
const ofType = /\b(?:apartment|condo|townhome|lot|manufactured|multi-family)\b.*[.;!?,] .*\b(?:ones|those|such)\b/;
const aboutOne = /^(?:tour|visit|contact|save|view)$/;

/** Errands of steps, none where they leave out what the goal counts or names. */
function joined(steps: readonly Step[], whole: Told): readonly Step[] {
  const { plain } = whole;
  if (/\bas (?:it|they) (?:is|are)\b/.test(plain)) return [];
  const errands = covered(lettered(steps.flatMap((step) => settled(step, steps, whole)), plain));
  const has = (kinds: RegExp): boolean => errands.some(({ kind }) => kinds.test(kind));
  if (/§money/.test(plain) && !has(/price|^(?:view|save|unsave|contact)$/)) return [];
  if (
    /\b(?:\d|one|two|three|four|five|six) (?:bed|bath)\b/.test(plain) &&
    !has(/beds|baths|rooms|^(?:view|save|unsave|contact|tour)$/)
  ) {
    return [];
  }
  if (/§money.*§money/.test(plain) && has(/^(?:min|max)_price$/)) return [];
  if (errands.every(({ kind }) => kind === "search") && (unlike.test(plain) || ofType.test(plain))) return [];
  return /§home/.test(plain) && !has(/^(?:view|save|unsave|tour|visit|contact|cancel)$/) ? [] : errands;
}

/** An hour that an agent is told is a visit; a tour that is only spoken of is no errand beside what is done with it. */
function lettered(steps: readonly Step[], plain: string): readonly Step[] {
  const timed = /§time|§day/.test(plain) && !steps.some(({ kind }) => kind === "tour" || kind === "visit");
  return steps.flatMap((step, i) => {
    const next = steps[i + 1]?.kind;
    const isSpokenOf = /^(?:the |my |our |that )?(?:tour|visit|appointment)\b/.test(step.told.plain);
    if (step.kind === "tour" && next === "cancel" && isSpokenOf) return [];
    if (step.kind === "tour" && next === "contact" && !/\b(?:tour|visit)\b/.test(step.told.plain)) return [];
    const isTelling = step.kind === "contact" && steps[i - 1]?.kind === "tour" &&
      !/\b(?:tour|visit)\b/.test(steps[i - 1]!.told.plain);
    return [step.kind === "contact" && (timed || isTelling) ? { ...step, kind: "visit" } : step];
  });
}

/** A filter holds the search before it, an errand about one home the search and the look at it. */
function covered(all: readonly Step[]): readonly Step[] {
  const kinds = all.map(({ kind }) => kind);
  const isFiltered = kinds.some((kind) => filters.test(kind));
  const covers = (kind: string): readonly string[] => {
    if (kind === "price_range") return ["min_price", "max_price"];
    if (kind === "rooms" || kind === "exact_beds") return ["beds", "baths"];
    return [];
  };
  const least = all.find(({ kind }) => kind === "min_price");
  if (least !== undefined && kinds.includes("max_price")) {
    const others = all.filter(({ kind }) => !/^(?:min|max)_price$/.test(kind));
    return covered([{ ...least, kind: "price_range" }, ...others]);
  }
  const held = new Set(kinds.flatMap(covers));
  return all.filter(({ kind, told }, i) => {
    const next = all[i + 1];
    if (held.has(kind)) return false;
    if (kind === "search" && (isFiltered || next?.kind === "save_search")) return false;
    // "List what is in Reno and sort it": the list is what is sorted.
    if (kind === "search" && next?.kind === "sort" && !isElsewhere(told, next.told)) return false;
    if (kind === "search" && next !== undefined && aboutOne.test(next.kind)) {
      return next.kind === "view" ? isElsewhere(told, next.told) : !isSame(told, next.told);
    }
    const isFound = next !== undefined && /^(?:find|look for|search|locate|go to)\b/.test(told.plain) &&
      next.kind !== "view";
    return kind !== "view" || !(isFound && isSame(told, next.told)) &&
        !all.some((other) => /^(?:tour|visit|contact)$/.test(other.kind) && isSame(told, other.told));
  });
}

/** True where a step names another place than the one before it. */
function isElsewhere({ tokens }: Told, other: Told): boolean {
  const [here, there] = [tokens.find(({ low }) => low === "§place"), other.tokens.find(({ low }) => low === "§there")];
  return here !== undefined && there !== undefined && here.raw !== there.raw;
}

const homesOf = ({ tokens }: Told): readonly string[] =>
  tokens.filter(({ low }) => low === "§home").map(({ raw }) => raw);
/** Two steps that speak of one home, or one of them of none. */
function isSame(one: Told, other: Told): boolean {
  const [mine, theirs] = [homesOf(one), homesOf(other)];
  return mine.length === 0 || theirs.length === 0 || mine.some((home) => theirs.includes(home));
}

/** One of the homes that a search finds: "save the first one". */
const oneOfThem =
  /\b(?:(?:one|1|any|some|two|2) of|(?:first|second|third|fourth|last|top|cheapest|newest|largest|biggest|nicest)(?: (?:one|home|house|place|listing|result|condo|apartment|townhome))?$|(?:the|a|any|that) (?:home|house|listing|result)\b)/;

/** A step by what the rest of the goal says "it" is; none where nothing says it. */
function settled(step: Step, steps: readonly Step[], { plain }: Told): readonly Step[] {
  const { kind, told } = step;
  const isNamed = told.tokens.some(({ low }) => low === "§home");
  if (kind === "unsave" && !/\b(?:saved|favorite|heart|list|unsave|bookmarks?|collection|picks)\b/.test(told.plain)) {
    if (/\b(?:tour|visit|appointment)\b/.test(plain)) return isNamed ? [] : [{ ...step, kind: "cancel" }];
    return /\b(?:saved|favorite|heart|list|bookmarks?|collection|picks)\b/.test(plain) ? [step] : [];
  }
  const isSearched = steps.some((other) => other.kind === "search");
  if (
    kind === "save" && !plain.includes("§home") && !oneOfThem.test(told.plain) &&
    (isSearched || /\bsearch\b/.test(plain))
  ) {
    return [{ ...step, kind: "save_search" }];
  }
  if (
    kind === "save" && /^(?:keep|leave)\b/.test(told.plain) &&
    /\b(?:not|never|nobody|no one)\b(?: \p{L}+){0,3} (?:deleted?|dropp?e?d?|taken?|unsaved?|lose|lost|removed|gone|off)\b/u
      .test(plain)
  ) {
    return [];
  }
  // "Keep the one, drop the other": the first stays as it is.
  if (kind === "save" && /^(?:keep|leave)\b/.test(told.plain) && steps.some((other) => other.kind === "unsave")) {
    return /\b(?:saved|favorite|list)\b/.test(told.plain) ? [step] : [];
  }
  // What is kept where it lies is there.
  if (kind === "save" && /^(?:keep|leave)\b.*\b(?:on|in|among|under) (?:the |my |our )?saved\b/.test(told.plain)) {
    return [];
  }
  // "Go to that page" with no home in the goal.
  const isOfHome =
    /§home|§q|\b(?:homes?|house|place|listing|condo|townhome|apartment|lot|one|result|it)\b(?<!saved homes)/;
  if (kind === "view" && !isOfHome.test(plain)) return [];
  const isPlaced = /§place|§q/.test(plain) || told.tokens.some(({ raw }, i) => i > 0 && /^\p{Lu}\p{Ll}/u.test(raw));
  return kind === "search" && !isPlaced ? [] : [step];
}

const counts: Readonly<Record<string, number>> = { ...numberWords, a: 1, single: 1 };
const counted = "a|single|one|two|three|four|five|six";
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
/** Types that are not meant: "no condos". */
const denied =
  /\b(?:no|not|without|hide|exclude|leave out|skip|instead of|rather than)(?: (?:any|the|all|for|homes?|show|see|want))* (?:apartment|condo|townhome|lot|multi-?family|manufactured|house)\b/g;
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
  const rawOf = (mark: string): string | undefined => nearest(mark, told, whole);
  const count = (what: string): string | undefined => {
    const said = new RegExp(
      `\\b(\\d|${counted})(?: (?:or more|plus|and up|or \\d|full))* ${what}\\b`,
    )
      .exec(plain)?.[1];
    return said && String(counts[said] ?? said);
  };
  const own = told.tokens.filter(({ low }) => low === "§money");
  const priced = kind === "price_range" && own.length < 2 ? whole.tokens.filter(({ low }) => low === "§money") : own;
  const [first, second] = priced.map(({ raw }) => `$${grouped(Number(raw))}`);
  const street = rawOf("§home") ?? rawOf("§q");
  return {
    place: rawOf("§place") ?? rawOf("§there"),
    ...(/^(?:view|save|unsave|tour|visit|contact|cancel)$/.test(kind) && { street: street && capitals(street) }),
    ...(/price/.test(kind) && { price: first, ...(kind === "price_range" && { high: second }) }),
    ...(/^(?:beds|exact_beds|rooms)$/.test(kind) && { beds: count("bed") }),
    ...(/^(?:baths|rooms)$/.test(kind) && { baths: count("bath") }),
    ...(/^(?:tour|visit)$/.test(kind) && { time: tourTime(plain) }),
    ...(kind === "deal" && { choice: choiceOf(deals, plain) }),
    ...(kind === "types" && { choice: choiceOf(kinds, plain.replace(denied, " ")) }),
    ...(kind === "sort" && { choice: choiceOf(orders, plain) }),
  };
}

/** A value of a step: in its own words, else the last before them, else the first of the goal. */
function nearest(mark: string, told: Told, { tokens }: Told): string | undefined {
  const isIt = ({ low }: Told["tokens"][number]): boolean => low === mark;
  const start = told.tokens[0]?.start ?? 0;
  return (told.tokens.find(isIt) ?? tokens.findLast((one) => isIt(one) && one.start < start) ?? tokens.find(isIt))?.raw;
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
