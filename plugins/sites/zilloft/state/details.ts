import { dayAfter, dayAndYear } from "halo-agent/site";
import { closings, openings, praises } from "../data/words.ts";
import { hashOf, type Home, pickOf } from "./homes.ts";
import type { HomeType } from "./state.ts";
import { money, priceText } from "./text.ts";
import { today } from "./time.ts";

const nouns: Readonly<Record<HomeType, string>> = {
  "Houses": "house",
  "Townhomes": "townhome",
  "Multi-family": "building for several families",
  "Condos/Co-ops": "condo",
  "Lots/Land": "piece of land",
  "Apartments": "apartment",
  "Manufactured": "manufactured home",
};

/** "house". */
function nounOf({ type }: Home): string {
  return nouns[type];
}

/** What the sellers say of a home. */
export function descriptionOf(home: Home): string {
  const roll = (what: string): number => hashOf(what, home.seed);
  const first = `${pickOf(openings, roll("opening"))} ${nounOf(home)} in ${home.city}.`;
  if (home.beds === 0) return `${first} The ground is level, and water and power run along the road.`;
  const [a, b] = [roll("praise") % praises.length, roll("more") % (praises.length - 1)];
  return [first, praises[a], praises[(a + 1 + b) % praises.length], pickOf(closings, roll("closing"))].join(" ");
}

/** Facts of a home by name. */
export function factsOf(home: Home): readonly (readonly [name: string, value: string])[] {
  const roll = (what: string): number => hashOf(what, home.seed);
  const perFoot = Math.round(home.price / home.sqft);
  return [
    ["Type", home.type],
    ["Built in", home.beds === 0 ? "Not built on" : String(home.year)],
    ["Heating", home.beds === 0 ? "None" : pickOf(["Heat pump", "Forced air", "Radiators"], roll("heat"))],
    [
      "Parking",
      home.beds === 0 ? "None" : pickOf(["Garage, 2 cars", "Driveway", "Street", "Carport"], roll("parking")),
    ],
    [
      home.deal === "rent" ? "Pets" : "Price per sqft",
      home.deal === "rent" ? pickOf(["Cats", "Cats and dogs", "None"], roll("pets")) : money(perFoot),
    ],
    ["On Zilloft", `${home.days} ${home.days === 1 ? "day" : "days"}`],
  ];
}

/** What a home was offered or sold for, newest first. */
export function historyOf(home: Home): readonly (readonly [day: string, what: string, price: string])[] {
  const listed = dayAfter(today, -home.days);
  const years = 4 + hashOf("owner", home.seed) % 9;
  const before = { ...home, price: Math.round(home.price * (100 - years * 4) / 100_000) * 1000 };
  if (home.deal === "rent") {
    return [[dayAndYear(listed), "Listed for rent", priceText(home)], [
      dayAndYear(dayAfter(listed, -410)),
      "Rented out",
      priceText({ ...home, price: Math.round(home.price * 0.0094) * 100 }),
    ]];
  }
  return [
    ...(home.deal === "sold" ? [[dayAndYear(listed), "Sold", money(home.price)] as const] : []),
    [dayAndYear(home.deal === "sold" ? dayAfter(listed, -38) : listed), "Listed for sale", money(home.price)],
    [dayAndYear(dayAfter(listed, -years * 365)), "Sold", money(Math.max(before.price, 20_000))],
  ];
}

/** A phone number of an agent that nobody has. */
export function phoneOf(agent: string): string {
  return `(${200 + hashOf(agent) % 700}) 555-01${String(hashOf(agent, "line") % 100).padStart(2, "0")}`;
}
