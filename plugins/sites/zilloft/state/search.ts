import { places, regions, states } from "../data/places.ts";
import { type Home, homes } from "./homes.ts";
import type { Order, Search } from "./state.ts";

const plain = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, " ").replace(/\s*,\s*/g, ", ");

/** Areas of a region by its name in lower case. */
const areasOf = new Map(Object.entries(regions).map(([name, areas]) => [plain(name), areas]));
/** Codes of states by name and code in lower case. */
const codeOf = new Map(Object.entries(states).flatMap(([code, name]) => [[plain(name), code], [plain(code), code]]));

/** Says of a home whether a search for this place finds it: a city with its surroundings, a state, a region, a ZIP or an address. */
export function placeTest(place: string): (home: Home) => boolean {
  const asked = plain(place).replace(/, (usa|united states)$/, "");
  if (asked === "") return () => true;
  const code = codeOf.get(asked);
  if (code !== undefined) return (home) => home.state === code;
  const areas = areasOf.get(asked.replace(/^the /, "").replace(/, (ca|california)$/, ""));
  if (areas !== undefined) return (home) => areas.includes(home.area);
  if (/^\d{5}$/.test(asked)) return ({ zip }) => zip === asked;
  const [, name = asked, tail] = /^(.*), ([a-z ]+)$/.exec(asked) ?? [];
  const state = tail === undefined ? undefined : codeOf.get(tail);
  const isKnown = areaNames.has(name) || cityNames.has(name);
  if (isKnown && (tail === undefined || state !== undefined)) {
    return (home) =>
      (plain(home.city) === name || plain(home.area) === name) && (state === undefined || home.state === state);
  }
  return (home) => asked.length >= 4 && plain(addressOf(home)).includes(asked);
}

const cityNames = new Set(homes.map(({ city }) => plain(city)));
const areaNames = new Set(homes.map(({ area }) => plain(area)));

/** "12 Alder Lane, Oakland, CA 94601". */
export function addressOf({ street, city, state, zip }: Home): string {
  return `${street}, ${city}, ${state} ${zip}`;
}

/** Whether a home is within the limits of a search, whatever its place. */
function isWithin({ deal, min, max, beds, baths, isExact, types }: Omit<Search, "place">, home: Home): boolean {
  const enough = (has: number, asked: number | null): boolean =>
    asked === null || (isExact ? has === asked : has >= asked);
  return home.deal === deal && (min === null || home.price >= min) && (max === null || home.price <= max) &&
    enough(home.beds, beds) && enough(home.baths, baths) && types.includes(home.type);
}

const rank: Readonly<Record<Order, (home: Home) => number>> = {
  homes: () => 0,
  newest: ({ days }) => days,
  beds: ({ beds }) => -beds,
  baths: ({ baths }) => -baths,
  area: ({ sqft }) => -sqft,
};

let last: { readonly search: Search; readonly order: Order; readonly found: readonly Home[] } | undefined;

/** The homes that a search finds, in the order of the list; the last answer is kept. */
export function resultsOf(search: Search, order: Order): readonly Home[] {
  if (last?.search === search && last.order === order) return last.found;
  const isThere = placeTest(search.place);
  const found = homes.filter((home) => isWithin(search, home) && isThere(home));
  const by = rank[order];
  const sorted = order === "homes" ? found : found.toSorted((a, b) => by(a) - by(b) || Number(a.id) - Number(b.id));
  last = { search, order, found: sorted };
  return sorted;
}

const offered: readonly string[] = [
  ...places.map(([city, state]) => `${city}, ${state}`),
  ...Object.keys(regions).filter((name) => name.includes("California") || name.includes("Bay")),
  ...Object.values(states),
];

/** Up to five places that begin like the text. */
export function offersFor(text: string): readonly string[] {
  const typed = plain(text);
  if (typed === "") return [];
  return offered.filter((place) => plain(place).startsWith(typed) && plain(place) !== typed).slice(0, 5);
}
