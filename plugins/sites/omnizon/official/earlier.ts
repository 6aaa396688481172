import type { Asked, BeforeAfter, NewItem } from "halo-agent/site";
import { searched } from "../catalogue/search.ts";
import { type Card, mostOfOne, type State } from "../state/state.ts";
import { deliveries } from "../state/time.ts";
import { costs, is, one, type Ordered, ordered, type Wanted } from "./strict.ts";

type Rule = (states: BeforeAfter<State>) => readonly Asked<State>[];

/** The first products that the shop finds for these words. */
const first = (query: string, count: number) => searched(query, "").slice(0, count);
const firstOf = (query: string): Wanted => one(`the first result for "${query}"`, is(first(query, 1)[0]!.id));
const smartphones = first("smartphones", 3).map(({ id, title }) => one(`"${title}"`, is(id)));
const espresso = searched("Automatic Espresso Machine", "").map(({ priceCents }) => priceCents / 100);
const lastDay = deliveries.at(-1)!;

/** The card that v1.omnizon-9 names, however its digits are grouped. */
const card: Omit<Card, "id"> = {
  name: "Jack Fulton",
  number: "9231343289277764",
  month: "1",
  year: "2029",
  code: "128",
};

/** Strict rules of the tasks of REAL's first version: the shop has all things for the five that queries grade. */
export const earlier: Readonly<Record<string, Rule>> = {
  "v1.omnizon-2": buys(smartphones),
  "v1.omnizon-4": buys([
    firstOf("Marshall Emberton II Portable Bluetooth Speaker"),
    firstOf("Michael Kors Oversized Slim Runway Men's Watch"),
  ]),
  "v1.omnizon-8": buys([
    one(
      "the cheapest espresso machine",
      (product) =>
        product.title.includes("Automatic Espresso Machine") && costs(0, Math.min(...espresso) + 0.01)(product),
      5,
    ),
  ]),
  "v1.omnizon-9": ({ before, after }) => {
    const known = new Set(before.cards.map(({ id }) => id));
    const paidBy = after.cards.find((one) => !known.has(one.id))?.id ?? "";
    const order = ordered([firstOf("PlayStation DualSense")], { ...before.chosen, card: paidBy });
    return [{ items: { orders: { add: [order] }, cards: { add: [newCard] } } }];
  },
  "v1.omnizon-10": buys([one("any product", () => true, mostOfOne)], { delivery: lastDay }),
};

/** One order of these things, to the address and by the card that are set. */
function buys(wanted: readonly Wanted[], how: Partial<Ordered> = {}): Rule {
  return ({ before: { chosen: { card, address } } }) => [{
    items: { orders: { add: [ordered(wanted, { card, address, ...how })] } },
  }];
}

const newCard: NewItem<Card> = {
  among: () => true,
  none: "no card was added",
  problem({ id: _, ...added }) {
    const plain = { ...added, number: added.number.replaceAll(" ", ""), month: String(Number(added.month)) };
    const wrong = (Object.keys(card) as (keyof typeof card)[]).find((field) => plain[field] !== card[field]);
    return wrong === undefined ? "" : `the new card has another ${wrong}`;
  },
};
