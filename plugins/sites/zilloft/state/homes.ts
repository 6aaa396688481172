import { fixed, type FixedRow, otherZips, sanFrancisco } from "../data/fixed.ts";
import { places } from "../data/places.ts";
import { agents, brokers, streets, suffixes } from "../data/words.ts";
import type { Deal, HomeType } from "./state.ts";

/** A home on the site. */
export interface Home {
  readonly id: string;
  readonly street: string;
  readonly city: string;
  /** Two letters. */
  readonly state: string;
  readonly zip: string;
  /** The larger area a search for which finds it too. */
  readonly area: string;
  readonly deal: Deal;
  readonly type: HomeType;
  /** Dollars, a month for homes for rent. */
  readonly price: number;
  readonly beds: number;
  readonly baths: number;
  readonly sqft: number;
  readonly year: number;
  /** Days on the site. */
  readonly days: number;
  readonly broker: string;
  readonly agent: string;
  /** What its pictures are drawn from. */
  readonly seed: number;
}

/** A whole number from 0 to 2³² − 1 that hangs on the words alone. */
export function hashOf(...words: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const char of words.join(" ")) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** One of a list by a number. */
export const pickOf = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

const types: readonly (readonly [share: number, type: HomeType, factor: number])[] = [
  [46, "Houses", 1],
  [60, "Townhomes", 0.82],
  [78, "Condos/Co-ops", 0.7],
  [84, "Multi-family", 1.5],
  [89, "Apartments", 0.66],
  [94, "Lots/Land", 0.34],
  [100, "Manufactured", 0.3],
];

const typeOf: Readonly<Record<string, HomeType>> = {
  House: "Houses",
  Townhome: "Townhomes",
  Multi: "Multi-family",
  Condo: "Condos/Co-ops",
  Lot: "Lots/Land",
  Apart: "Apartments",
  Manu: "Manufactured",
};

/** Prices of generated homes that would change a count that must hold: San Jose's townhomes. */
const isReserved = (home: Pick<Home, "city" | "deal" | "type" | "price">): boolean =>
  home.city === "San Jose" && home.deal === "sale" && home.type === "Townhomes" && home.price > 700_000 &&
  home.price < 1_050_000;

/** Every home, always the same. The fixed ones stand in front of the others of their place. */
export const homes: readonly Home[] = everyHome();

const byId = new Map(homes.map((home) => [home.id, home]));

/** The home of an id. */
export function homeOf(id: string): Home | undefined {
  return byId.get(id);
}

function everyHome(): readonly Home[] {
  const used = new Set<string>();
  const list: Home[] = [];
  const areas = new Map(places.map(([city, state, area, zip]) => [city, { state, area, zip }]));
  const add = (home: Omit<Home, "id" | "street" | "seed" | "days" | "broker" | "agent" | "year" | "sqft">): void => {
    const id = String(1001 + list.length);
    const roll = (what: string): number => hashOf(what, home.city, home.deal, list.length);
    let n = 0;
    let street = "";
    do street = streetOf(roll(`street ${n++}`)); while (used.has(street));
    used.add(street);
    const size = home.beds === 0
      ? 40 + roll("lot") % 160
      : 260 + home.beds * 330 + home.baths * 120 + roll("size") % 420;
    list.push({
      ...home,
      id,
      street: hasUnit(home.type) ? `${street} ${unitOf(roll("unit"))}` : street,
      sqft: home.beds === 0 ? size * 100 : Math.round(size / 5) * 5,
      year: 1924 + roll("year") % 98,
      days: 1 + roll("days") % 120,
      broker: pickOf(brokers, roll("broker")),
      agent: pickOf(agents, roll("agent")),
      seed: roll("seed"),
    });
  };
  const addFixed = ([type, price, beds, baths, city, zip]: FixedRow, area?: string): void => {
    const place = areas.get(city) ?? { state: "CA", area: "San Francisco", zip: otherZips[city]! };
    add({
      city,
      state: place.state,
      zip: zipText(zip ?? place.zip),
      area: area ?? place.area,
      deal: "sale",
      type: typeOf[type]!,
      price,
      beds,
      baths,
    });
  };
  for (const row of sanFrancisco) addFixed(row, "San Francisco");
  for (const row of fixed) addFixed(row);
  for (const [city, state, area, zip, level, sale, rent, sold] of places) {
    for (const [deal, n] of [["sale", sale], ["rent", rent], ["sold", sold]] as const) {
      for (let i = 0; i < n; i++) {
        const at = { city, state, area, deal, zip: zipText(zip + hashOf(city, deal, i, "zip") % 8) };
        add({ ...at, ...drawn(at, level, i) });
      }
    }
  }
  return list;
}

function hasUnit(type: HomeType): boolean {
  return type === "Condos/Co-ops" || type === "Apartments";
}

function unitOf(n: number): string {
  return `#${1 + n % 12}${"ABCD"[n % 4]}`;
}

function zipText(zip: number): string {
  return String(zip).padStart(5, "0");
}

function streetOf(n: number): string {
  return `${101 + n % 9800} ${pickOf(streets, n >>> 7)} ${pickOf(suffixes, n >>> 17)}`;
}

/** Type, rooms and price of a generated home. */
function drawn(
  at: Pick<Home, "city" | "deal">,
  level: number,
  i: number,
): Pick<Home, "type" | "beds" | "baths" | "price"> {
  const roll = (what: string): number => hashOf(at.city, at.deal, i, what);
  const share = roll("type") % 100;
  const [, type, factor] = types.find(([limit, type]) =>
    share < limit && !(at.deal === "rent" && type === "Lots/Land")
  )!;
  const beds = bedsOf(type, roll("beds"));
  const baths = beds === 0
    ? 0
    : Math.max(1, Math.min(beds, 1 + roll("baths") % 3)) + (beds > 1 && roll("half") % 4 === 0 ? 0.5 : 0);
  const spread = 70 + roll("price") % 70; // percent
  const dollars = level * 10 * factor * (0.55 + beds * 0.15) * spread;
  if (at.deal === "rent") {
    return { type, beds, baths, price: Math.max(815, Math.round(dollars * 0.0032 / 25) * 25 + 15) };
  }
  const price = Math.round(dollars / 1000) * 1000 - (Math.round(dollars / 1000) % 10 === 0 ? 100 : 0);
  const kept = price % 50_000 === 0 ? price - 100 : price;
  return { type, beds, baths, price: isReserved({ ...at, type, price: kept }) ? kept + 400_000 : kept };
}

function bedsOf(type: HomeType, n: number): number {
  switch (type) {
    case "Lots/Land":
      return 0;
    case "Houses":
      return 2 + n % 4 + (n % 11 === 0 ? 1 : 0);
    case "Multi-family":
      return 4 + n % 4;
    case "Townhomes":
      return 2 + n % 3;
    default:
      return 1 + n % 3;
  }
}
