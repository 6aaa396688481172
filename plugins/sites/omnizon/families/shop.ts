import { HaloError } from "halo-agent";
import { defineFamily, same } from "halo-agent/site";
import type { Asked, Drawer, Milestone, NewItem, Scene, SiteTypes, Start, Wish } from "halo-agent/site";
import { type Product, products } from "../catalogue/product.ts";
import { pricedItems, sumOf } from "../state/money.ts";
import type { Line, Order, Setup, State } from "../state/state.ts";
import type { ShopPage } from "./page.ts";
import type { Pool } from "./pools.ts";

/** What a goal asks for. */
export interface ShopWish extends Wish {
  /** Title of the product meant, and of a second one. */
  readonly product?: string;
  readonly second?: string;
  readonly department?: string;
  /** Words to search for. */
  readonly query?: string;
  readonly brand?: string;
  readonly sort?: string;
  /** Whole numbers. */
  readonly quantity?: string;
  readonly min?: string;
  readonly max?: string;
  /** Name of an address; last digits of a card; day of a delivery; number of an order. */
  readonly address?: string;
  readonly digits?: string;
  readonly day?: string;
  readonly order?: string;
  /** What a new card says. */
  readonly name?: string;
  readonly number?: string;
  readonly month?: string;
  readonly year?: string;
  readonly code?: string;
}

export type ShopDrawer = Drawer<Pool>;

/** The types of the shop's families. */
export interface ShopTypes extends SiteTypes {
  readonly state: State;
  readonly setup: Setup;
  readonly draw: ShopDrawer;
  readonly wish: ShopWish;
  readonly page: ShopPage;
}

export type ShopMilestone = Milestone<ShopPage>;
export type ShopScene = Scene<Setup>;
export type ShopStart = Start<ShopTypes>;
export type ShopAsked = Asked<State>;
export const family = defineFamily<ShopTypes>;

const byTitle = new Map(products.map((product) => [product.title, product]));

/** The product of a title. Throws HALO_BUG when there is none. */
export function titled(title: string): Product {
  const product = byTitle.get(title);
  if (product === undefined) throw new HaloError("HALO_BUG", `the shop has no product "${title}"`);
  return product;
}

const names = new RegExp(
  [...byTitle.keys()].sort((a, b) => b.length - a.length).map((title) => title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|"),
  "g",
);

/** Products that a goal names without quotes. */
export function entities(masked: string): { readonly [K in "product" | "second"]: string | undefined } {
  const [product, second] = masked.match(names) ?? [];
  return { product, second };
}

/** The numbers of a goal outside of quotes, in their order. */
export function numbersIn(masked: string): readonly string[] {
  return [...masked.matchAll(/(?<!["\d])\d+(?!["\d])/g)].map(([number]) => number);
}

/** A product that stands in another department than `than`. */
export function drawOther(draw: ShopDrawer, than: string): string {
  for (;;) {
    const title = draw.unused("products");
    if (titled(title).department !== titled(than).department) return title;
  }
}

/** Three products with so many of each, the first one meant. */
export function drawLines(draw: ShopDrawer): { readonly product: string; readonly lines: readonly Line[] } {
  const drawn = [0, 1, 2].map(() => ({ title: draw.unused("products"), quantity: 1 }));
  const product = drawn[draw.rng.int(3)]!.title;
  return { product, lines: drawn.map(({ title, quantity }) => ({ id: titled(title).id, quantity })) };
}

/** Asks for a line with so many of a product, in the cart or among what is saved. */
export function lineWith(title: string, quantity = 1): NewItem<Line> {
  const { id } = titled(title);
  return {
    among: (line) => line.id === id,
    problem: (line) => line.quantity === quantity ? "" : `there are ${line.quantity} of "${title}"`,
    none: `"${title}" is not there`,
  };
}

/** Asks for an order of these lines, paid and sent as chosen, and nothing else. */
export function orders(
  lines: readonly Line[],
  { state }: ShopStart,
  more: Partial<Order> = {},
): NewItem<Order> {
  const { card, address } = state.chosen;
  const wanted = { items: pricedItems(lines), total: sumOf(lines) / 100, card, address, status: "placed", ...more };
  const sorted = (items: Order["items"]): Order["items"] => [...items].sort((a, b) => Number(a.id) - Number(b.id));
  return {
    among: () => true,
    none: "nothing was ordered",
    problem(order) {
      const is: Partial<Order> & object = order;
      if (!same(sorted(order.items), sorted(wanted.items))) return "the order holds other things than asked for";
      const wrong = (["card", "address", "status", "delivery"] as const)
        .find((key) => key in wanted && is[key] !== (wanted as Partial<Order>)[key]);
      return wrong === undefined ? "" : `the order has another ${wrong}`;
    },
  };
}

/** Asks that these lines are ordered out of the cart that a task began with. */
export function ordered(lines: readonly Line[], start: ShopStart, more: Partial<Order> = {}): ShopAsked {
  return {
    done: "the order was placed",
    items: {
      orders: { add: [orders(lines, start, more)] },
      cart: { remove: start.state.cart.map(({ id }) => id) },
    },
  };
}
