import type { Asked, BeforeAfter, NewItem } from "halo-agent/site";
import { type Product, productAt } from "../catalogue/product.ts";
import type { Order, State } from "../state/state.ts";

type Test = (product: Product) => boolean;

/** Things that one order must hold, and nothing else: so many of a product that passes. */
export interface Wanted {
  readonly what: string;
  readonly isMeant: Test;
  readonly quantity: number;
}

/** The product of this id. */
export const is = (id: string): Test => (product) => product.id === id;
const says = (...words: readonly string[]): Test => ({ title }) =>
  words.every((word) => title.toLowerCase().includes(word));
const isIn = (department: string): Test => (product) => product.department === department;
/** Products between two prices in dollars, these two left out. */
export const costs = (above: number, below: number): Test => ({ priceCents }) =>
  priceCents > above * 100 && priceCents < below * 100;
const both = (a: Test, b: Test): Test => (product) => a(product) && b(product);
/** So many of a product that passes. */
export const one = (what: string, isMeant: Test, quantity = 1): Wanted => ({ what, isMeant, quantity });

/** What each REAL task on this site has one buy, in one order. */
const bought: Readonly<Record<string, readonly Wanted[]>> = {
  "v2.omnizon-3": [one("headphones between $24 and $100", both(says("headphones"), costs(24, 100)))],
  "v2.omnizon-9": [one("a gaming device under $100", both(isIn("Gaming"), costs(0, 100)))],
  "v2.omnizon-13": [one("a cooking pot", says("cooking pot"))],
  "v2.omnizon-15": [one("a pack of sports balls", says("sports balls pack"))],
  "v2.omnizon-17": [one("a neck pillow", says("neck pillow"))],
  "v2.omnizon-24": [one("2 PS5 controllers", says("controller", "ps5"), 2)],
  "v2.omnizon-25": [one("an apron", says("apron")), one("a cooking pot", says("cooking pot"))],
  "v2.omnizon-28": [one("a silverware set", says("silverware set"))],
  "v2.omnizon-29": [one("a 40-inch desk", says("40-inch", "desk")), one("an office chair", says("office chair"))],
  "v2.omnizon-30": [one("a queen size bed frame", says("queen", "bed frame"))],
};

/** Strict rules of the REAL tasks: exactly what was asked for, to the address and by the card that are set. */
export const strict: Readonly<Record<string, (states: BeforeAfter<State>) => readonly Asked<State>[]>> = Object
  .fromEntries(
    Object.entries(bought).map(([id, wanted]) => [
      id,
      ({ before: { chosen: { card, address } } }: BeforeAfter<State>) => [{
        items: { orders: { add: [ordered(wanted, { card, address })] } },
      }],
    ]),
  );

/** What an order must be charged to, where it goes, and the day it comes where the goal names one. */
export type Ordered = Pick<Order, "card" | "address"> & Partial<Pick<Order, "delivery">>;

/** One order of exactly these things. */
export function ordered(wanted: readonly Wanted[], { card, address, delivery }: Ordered): NewItem<Order> {
  const problem = (order: Order): string => {
    const wrong = itemsProblem(wanted, order);
    if (wrong !== "") return wrong;
    if (order.status !== "placed") return "the order was cancelled";
    if (order.card !== card || order.address !== address) return "the order has another card or address";
    return delivery === undefined || order.delivery === delivery ? "" : `the order comes on ${order.delivery}`;
  };
  return { among: () => true, problem, none: "nothing was ordered" };
}

function itemsProblem(wanted: readonly Wanted[], { items }: Order): string {
  const left = [...items];
  for (const { what, isMeant, quantity } of wanted) {
    const at = left.findIndex(({ id }) => isMeant(productAt(id)!));
    if (at < 0) return `the order does not hold ${what}`;
    const [item] = left.splice(at, 1);
    if (item!.quantity !== quantity) return `the order holds ${item!.quantity} of ${what}`;
  }
  return left.length === 0 ? "" : `"${productAt(left[0]!.id)!.title}" was ordered as well`;
}
