import { dayAfter } from "halo-agent/site";
import { wholeList } from "../catalogue/search.ts";
import { pricedItems, sumOf } from "./money.ts";
import type { Address, Card, Line, Order, Setup, State } from "./state.ts";
import { deliveries, today } from "./time.ts";

const addresses: readonly Address[] = [
  { id: "a1", name: "Federico Lopez", street: "818 Juniper Street", city: "San Francisco", region: "CA", zip: "94105" },
  { id: "a2", name: "Lopez Studio", street: "42 Ferry Lane", city: "Oakland", region: "CA", zip: "94607" },
];

const cards: readonly Card[] = [
  { id: "c1", name: "Federico Lopez", number: "4539 1207 7716 4821", month: "9", year: "2027", code: "314" },
  { id: "c2", name: "Lopez Studio", number: "5218 9036 4410 2975", month: "3", year: "2028", code: "582" },
];

/** An order of the past, so many days before the shop's day. */
export function pastOrder(
  id: string,
  o: { readonly lines: readonly Line[]; readonly daysAgo: number; readonly status?: Order["status"] },
): Order {
  const day = dayAfter(today, -o.daysAgo);
  return {
    id,
    date: `${day}T17:24:00.000Z`,
    items: pricedItems(o.lines),
    total: sumOf(o.lines) / 100,
    card: "c1",
    address: "a1",
    delivery: dayAfter(day, 2),
    status: o.status ?? "delivered",
  };
}

/** Oldest first. */
const orders: readonly Order[] = [
  pastOrder("112-4402711", { lines: [{ id: "37", quantity: 3 }, { id: "38", quantity: 1 }], daysAgo: 61 }),
  pastOrder("112-4490356", { lines: [{ id: "146", quantity: 1 }], daysAgo: 24 }),
  pastOrder("112-4538820", { lines: [{ id: "99", quantity: 2 }], daysAgo: 1, status: "placed" }),
];

/** The shop as every page opens, with what a task adds. Pure. */
export function initialState(setup: Setup): State {
  return {
    orders: [...orders, ...setup.orders ?? []],
    cart: setup.cart ?? [],
    saved: setup.saved ?? [],
    wishes: setup.wishes ?? [],
    addresses: [...addresses, ...setup.addresses ?? []],
    cards: [...cards, ...setup.cards ?? []],
    refusesOrders: false,
    view: { name: setup.opens ?? "home" },
    filter: wholeList,
    chosen: { card: "c1", address: "a1", delivery: deliveries[0]! },
    searchInput: "",
    searchIn: "",
    prices: { min: "", max: "" },
    quantity: 1,
    picture: 0,
    problem: "",
    menu: null,
    dialog: null,
    banner: false,
    clock: 0,
    snackbar: null,
  };
}
