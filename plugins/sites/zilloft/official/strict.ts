import { type Asked, type BeforeAfter, dayAfter, type NewItem, without } from "halo-agent/site";
import { type Home, homeOf } from "../state/homes.ts";
import { placeTest } from "../state/search.ts";
import { type Contact, homeTypes, type Search, type Slot, type Tour, type ZilloftState } from "../state/state.ts";
import { bayArea, southernCalifornia } from "../data/places.ts";
import { isWeekend, minutesOf, today } from "../state/time.ts";

type Rule = (states: BeforeAfter<ZilloftState>) => readonly Asked<ZilloftState>[];
/** Whether a home is meant. */
export type Test = (home: Home) => boolean;

/** The day after that on which every page opens. */
export const tomorrow = dayAfter(today, 1);

/** True for homes that pass each test. */
export const is = (...tests: readonly Test[]): Test => (home) => tests.every((test) => test(home));
/** Homes of a city. */
export const inCity = (city: string): Test => (home) => home.city === city;
/** Homes for sale. */
export const isSale: Test = ({ deal }) => deal === "sale";
const isHouse: Test = (home) => isSale(home) && home.type === "Houses";
/** Homes for less than so many dollars. */
export const under = (price: number): Test => (home) => home.price < price;
/** Homes with so many bedrooms and bathrooms or more. */
export const rooms = (beds: number, baths = 0): Test => (home) => home.beds >= beds && home.baths >= baths;

/** Where a user looked is his own affair, unless the goal asks for a search. */
const looked = { search: () => "", order: () => "" } as const;

/** The home asked about is one of those meant, at times that are right. */
function about<T extends Tour | Contact>(
  what: string,
  { home: isMeant, when = () => true, who, slotsOf }: Wanted & { readonly slotsOf: (item: T) => readonly Slot[] },
): NewItem<T> {
  return {
    among: () => true,
    none: `${what} was not sent`,
    problem(item) {
      const home = homeOf(item.home);
      if (home === undefined || !isMeant(home)) {
        return `${what} is about ${home?.street ?? item.home}, which is not meant`;
      }
      const wrong = who && (Object.keys(who) as (keyof Who)[]).find((field) => item[field].trim() !== who[field]);
      if (wrong !== undefined) return `${what} has another ${wrong} than asked`;
      const slots = slotsOf(item);
      return slots.every(when) ? "" : `${what} is for another time than asked`;
    },
  };
}

/** Whom the agent is to answer, where the goal says it. */
export type Who = Pick<Tour, "name" | "email" | "phone">;

interface Wanted {
  readonly home: Test;
  readonly when?: (slot: Slot) => boolean;
  readonly who?: Who;
}

const tour = (wanted: Wanted): NewItem<Tour> => about("the tour", { ...wanted, slotsOf: ({ slots }) => slots });
/** One tour, and nothing else. */
export const oneTour = (wanted: Wanted): Rule => () => [{ parts: looked, items: { tours: { add: [tour(wanted)] } } }];

/** A message to an agent; where a time is asked for, it must have one. */
const oneContact = (wanted: Wanted): Rule => () => [{
  parts: looked,
  items: {
    contacts: {
      add: [about<Contact>("the message", {
        ...wanted,
        slotsOf: ({ slot }) => slot === null ? (wanted.when ? [{ date: "", time: "" }] : []) : [slot],
      })],
    },
  },
}];

/** One tour or more, each of another home. */
const someTours = (wanted: Wanted): Rule => ({ before, after }) => {
  const homes = new Set(without(after.tours, before.tours).map(({ home }) => home));
  const add = Array.from({ length: Math.max(1, homes.size) }, () => tour(wanted));
  return [{ parts: looked, items: { tours: { add } } }];
};

/** A search for a place with just these limits; a goal that says houses may mean any kind of home. */
const found = (place: RegExp, limits: Partial<Search>): Rule => () => [{
  done: "the homes were looked for",
  parts: {
    order: () => "",
    search(now) {
      if (!place.test(now.place.trim())) return `homes are looked for in "${now.place}"`;
      const right = { deal: "sale", min: null, baths: null, isExact: false, ...limits };
      const wrong = Object.entries(right).find(([key, value]) => now[key as keyof Search] !== value);
      if (wrong !== undefined) return `the filter for ${wrong[0]} is not as asked`;
      const isRight = now.types.length === homeTypes.length || (now.types.length === 1 && now.types[0] === "Houses");
      return isRight ? "" : "other kinds of homes are looked for";
    },
  },
}];

/** A time on this day: one of those, or any. */
export const at = (date: string, ...times: readonly string[]) => (slot: Slot): boolean =>
  slot.date === date && (times.length === 0 || times.includes(slot.time));
const isInBay = placeTest(bayArea);

/** Cities in the results of a search for San Francisco that lie by the bay. */
const bayCities =
  /^(San Francisco|Daly City|South San Francisco|Pacifica|Half Moon Bay|Richmond|Vallejo|Antioch|Novato|Petaluma|Rohnert Park)$/;
const isBayHome: Test = (home) => isInBay(home) && (home.area !== "San Francisco" || bayCities.test(home.city));

/** The strict rule of each REAL task on this site: what its goal's words allow, and nothing else. */
export const strict: Readonly<Record<string, Rule>> = {
  "v2.zilloft-2": oneTour({
    home: is(isHouse, inCity("Long Beach"), ({ beds, baths }) => beds === 3 && baths === 2),
  }),
  "v2.zilloft-3": oneTour({
    home: is(isHouse, ({ area }) => area === "Los Angeles", under(350_000), rooms(2, 1)),
    when: at("2024-07-19"),
  }),
  "v2.zilloft-5": oneContact({ home: inCity("San Jose") }),
  "v2.zilloft-6": oneContact({
    home: is(isHouse, inCity("Sacramento"), rooms(4, 2), ({ price }) => price >= 500_000 && price <= 1_100_000),
    when: at("2024-07-19", "12:00 PM", "1:00 PM", "2:00 PM"),
  }),
  "v2.zilloft-9": oneTour({ home: is(isHouse, ({ sqft }) => sqft > 1000) }),
  "v2.zilloft-10": oneTour({ home: is(isHouse, under(500_000), rooms(2)) }),
  "v2.zilloft-14": oneContact({
    home: is(isHouse, inCity("Boston"), under(1_000_000)),
    when: at(tomorrow, "9:00 AM"),
  }),
  "v2.zilloft-15": oneTour({
    home: is(isSale, isBayHome, under(1_000_000), rooms(3)),
    when: ({ date, time }) => isWeekend(date) && minutesOf(time) >= 12 * 60,
  }),
  "v2.zilloft-22": someTours({ home: is(isHouse, placeTest(southernCalifornia), under(1_000_000)) }),
  "v2.zilloft-23": found(/^(ca|california)(, (usa|united states))?$/i, { max: 900_000, beds: 3 }),
};
