import { type Token, type Told, toldOf } from "halo-agent/site";
import { places, regions, states } from "../data/places.ts";
import { streets } from "../data/words.ts";

const suffix =
  /^(?:street|avenue|lane|court|drive|road|place|way|st|st\.|ave|ln|ct|dr|rd|pl|boulevard|blvd|terrace|circle|square|trail)$/i;
const month =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/i;
const names: ReadonlySet<string> = new Set(streets.map((one) => one.toLowerCase()));
const towns: ReadonlySet<string> = new Set(
  [...places.flatMap(([city, , area]) => [city, area]), ...Object.keys(regions), ...Object.values(states)].map((one) =>
    one.toLowerCase()
  ),
);
const isCapital = (raw: string | undefined): boolean => raw !== undefined && /^\p{Lu}\p{L}/u.test(raw);

/** How many tokens from a place on are one value, and what stands for it. */
interface Mark {
  readonly low: string;
  readonly length: number;
  readonly raw?: string;
}

/** The words of a goal with each address, place, day, hour, phone number and amount of money as one token. */
export function marked({ goal, tokens }: Told): Told {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const found = quotedAt(tokens, i) ?? homeAt(goal, tokens, i) ?? placeAt(tokens, i) ?? momentAt(tokens, i) ??
      numberAt(tokens, i);
    if (found === undefined) out.push(tokens[i]!);
    else {
      const [start, end] = [tokens[i]!.start, tokens[i + found.length - 1]!.end];
      const low = found.low === "§place" && isBehindHome(out) ? "§there" : found.low;
      if (low === "§place") out.splice(out.length - calledBefore(out));
      out.push({ low, raw: found.raw ?? goal.slice(start, end), start, end });
      i += found.length - 1;
    }
  }
  return toldOf(goal, out);
}

/** How many of the last words say what kind of place follows: "the ZIP code 97301", "the city of Dayton". */
function calledBefore(out: readonly Token[]): number {
  const said = out.slice(-3).map(({ low }) => low).join(" ");
  const found = /(?:^| )((?:the )?(?:zip|zip code|postcode|postal code|(?:city|town) of))$/.exec(said);
  return found === null ? 0 : found[1]!.split(" ").length;
}

/** A place that says where a home is: "12 Alder Lane, Boise". */
function isBehindHome(out: readonly Token[]): boolean {
  const [before, last] = [out.at(-2), out.at(-1)];
  return last?.low === "§home" || (before?.low === "§home" && /^(?:,|in|at|from|\()$/.test(last!.low));
}

function quotedAt(tokens: readonly Token[], i: number): Mark | undefined {
  const { low, raw } = tokens[i]!;
  if (low !== "§q") return undefined;
  if (/^\d+ \p{L}/u.test(raw) || suffix.test(raw.split(" ").at(-1)!)) return { low: "§home", length: 1, raw };
  return towns.has(raw.split(",")[0]!.toLowerCase()) || /^\d{5}$/.test(raw)
    ? { low: "§place", length: 1, raw }
    : undefined;
}

/** Tokens of the number of a flat: "#11C", "apt 4". */
function doorAt(goal: string, tokens: readonly Token[], i: number): number {
  const one = tokens[i];
  if (one === undefined) return 0;
  if (/^\d+\p{L}?$|^\p{L}\d*$/u.test(one.raw) && goal[one.start - 1] === "#") return 1;
  return /^(?:apt|unit|suite|no)$/i.test(one.raw) && /^\d+\p{L}?$/u.test(tokens[i + 1]?.raw ?? "") ? 2 : 0;
}

function homeAt(goal: string, tokens: readonly Token[], i: number): Mark | undefined {
  const raw = (at: number): string => tokens[at]?.raw ?? "";
  const isWord = (at: number): boolean => /^\p{L}[\p{L}']+$/u.test(raw(at));
  const isNumbered = /^\d{1,5}$/.test(raw(i));
  const from = isNumbered ? i + 1 : i;
  for (const n of [1, 2]) {
    const words = Array.from({ length: n }, (_, j) => from + j);
    if (!words.every(isWord) || !suffix.test(raw(from + n))) continue;
    if (isNumbered || [...words, from + n].every((at) => isCapital(raw(at)))) {
      const length = from + n + 1 - i;
      return {
        low: "§home",
        length: length + doorAt(goal, tokens, i + length),
        raw: goal.slice(tokens[i]!.start, tokens[from + n]!.end),
      };
    }
  }
  return isNumbered && names.has(raw(from).toLowerCase()) ? { low: "§home", length: 2 } : undefined;
}

const isState = ({ low, raw }: Token): boolean => low === "§place" || Object.hasOwn(states, raw) || raw === "USA";
/** The state of a town in small letters: "reno nv", and "bend or" where no other town follows. */
const isStateOf = (town: string, at: Token | undefined, after: Token | undefined): boolean =>
  at !== undefined && after?.low !== "§place" &&
  places.some(([city, state]) => city.toLowerCase() === town.toLowerCase() && state.toLowerCase() === at.raw);

function placeAt(tokens: readonly Token[], i: number): Mark | undefined {
  const { low, raw } = tokens[i]!;
  if (/^\d{5}$/.test(raw) && tokens[i + 1]?.low !== "dollars") return { low: "§place", length: 1 };
  if (low !== "§place") return undefined;
  let length = 1;
  const at = (n: number): Token | undefined => tokens[i + n];
  const comma = at(length)?.low === "," ? 1 : 0;
  if (isStateOf(raw, at(length + comma), at(length + comma + 1))) length += comma + 1;
  else if (comma === 1 && at(length + 1) !== undefined && isState(at(length + 1)!)) length += 2;
  else if (at(length) !== undefined && at(length)!.low !== "§place" && isState(at(length)!)) length++;
  if (/^\d{5}$/.test(at(length)?.raw ?? "")) length++;
  return { low, length, raw };
}

function momentAt(tokens: readonly Token[], i: number): Mark | undefined {
  const { low, raw } = tokens[i]!;
  const next = tokens[i + 1]?.raw ?? "";
  const day = /^\d{1,2}(?:st|nd|rd|th)?$/;
  if (month.test(raw) && day.test(next)) return { low: "§day", length: 2 };
  if (day.test(raw) && (month.test(next) || (next === "of" && month.test(tokens[i + 2]?.raw ?? "")))) {
    return { low: "§day", length: next === "of" ? 3 : 2 };
  }
  if (/^\d{1,2}(?:st|nd|rd|th)$/.test(raw) && /^(?:on|the)$/.test(tokens[i - 1]?.low ?? "")) {
    return { low: "§day", length: 1 };
  }
  if (/^\d{1,2}(?:[:.]\d{2})?[ap]\.?m\.?$|^\d{1,2}:\d{2}$|^noon$/.test(low)) return { low: "§time", length: 1 };
  if (!/^\d{1,2}$/.test(raw)) return undefined;
  if (/^o'?clock$/.test(next.toLowerCase())) return { low: "§time", length: 2 };
  return tokens[i - 1]?.low === "at" && !/^(?:bed|bath|dollars|or|percent)$/.test(tokens[i + 1]?.low ?? "")
    ? { low: "§time", length: 1 }
    : undefined;
}

function numberAt(tokens: readonly Token[], i: number): Mark | undefined {
  const { raw } = tokens[i]!;
  if (/^\d{3}[-.]\d{3}[-.]\d{4}$|^\d{3}[-.]\d{4}$/.test(raw)) return { low: "§phone", length: 1 };
  return /^\d+$/.test(raw) && tokens[i + 1]?.low === "dollars" ? { low: "§money", length: 2, raw } : undefined;
}
