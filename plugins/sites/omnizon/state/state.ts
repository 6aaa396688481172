import type { Snackbar, Ticking } from "halo-agent/site";
import type { Filter } from "../catalogue/search.ts";
import type { Dialog } from "./dialog.ts";

/** So many of a product; the id is the product's. */
export interface Line {
  readonly id: string;
  readonly quantity: number;
}

/** A remembered product. */
export interface Wish {
  readonly id: string;
}

/** An address things are sent to. */
export interface Address {
  readonly id: string;
  readonly name: string;
  readonly street: string;
  readonly city: string;
  /** "CA". */
  readonly region: string;
  readonly zip: string;
}

/** A payment card, as it was typed. */
export interface Card {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  /** "1" to "12". */
  readonly month: string;
  readonly year: string;
  readonly code: string;
}

/** What was bought of a product; price in dollars. */
export interface Item extends Line {
  readonly price: number;
}

export interface Order {
  /** The order number. */
  readonly id: string;
  /** ISO UTC. */
  readonly date: string;
  readonly items: readonly Item[];
  /** Dollars. */
  readonly total: number;
  /** Ids of card and address. */
  readonly card: string;
  readonly address: string;
  /** Day "2024-07-20" on which it comes. */
  readonly delivery: string;
  readonly status: "placed" | "delivered" | "cancelled";
}

/** What is shown. */
export type View =
  | { readonly name: "home" | "results" | "cart" | "checkout" | "confirmation" | "orders" | "lists" }
  | { readonly name: "product"; readonly id: string };

/** What was chosen for the next order: ids of card and address, and the day it comes. */
export interface Chosen {
  readonly card: string;
  readonly address: string;
  readonly delivery: string;
}

/** The parts of a state that a message's Undo button puts back. */
export type Kept = Pick<State, "cart" | "saved" | "wishes">;

/** The whole shop as one JSON value. */
export interface State extends Ticking {
  readonly orders: readonly Order[];
  readonly cart: readonly Line[];
  readonly saved: readonly Line[];
  readonly wishes: readonly Wish[];
  readonly addresses: readonly Address[];
  readonly cards: readonly Card[];
  /** True where orders fail, as the site is told to by its configuration. */
  readonly refusesOrders: boolean;
  readonly view: View;
  readonly filter: Filter;
  readonly chosen: Chosen;
  /** Text in the search field. */
  readonly searchInput: string;
  /** Department the next search is in; "" is all. */
  readonly searchIn: string;
  /** Texts in the price fields of a list. */
  readonly prices: { readonly min: string; readonly max: string };
  /** How many of the shown product, and which of its pictures. */
  readonly quantity: number;
  readonly picture: number;
  /** What went wrong with the order, "" when nothing did. */
  readonly problem: string;
  /** Name of the open menu. */
  readonly menu: string | null;
  readonly dialog: Dialog | null;
  readonly banner: boolean;
  readonly snackbar: Snackbar<Kept> | null;
}

/** What a task adds to the shop, and where it opens. */
export interface Setup {
  readonly cart?: readonly Line[];
  readonly saved?: readonly Line[];
  readonly wishes?: readonly Wish[];
  readonly addresses?: readonly Address[];
  readonly cards?: readonly Card[];
  readonly orders?: readonly Order[];
  readonly opens?: "home" | "cart" | "checkout";
}

/** Most of a product that one order takes. */
export const mostOfOne = 30;

/** The product's line of a list; undefined without one. */
export function lineOf(lines: readonly Line[], id: string): Line | undefined {
  return lines.find((line) => line.id === id);
}
