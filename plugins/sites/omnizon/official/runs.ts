// What a user does for each REAL task on the shop, and what one does who gets it nearly right.
import type { Event } from "../state/event.ts";
import { initialState } from "../state/initial.ts";
import type { State } from "../state/state.ts";
import { update } from "../state/update.ts";
import type { Scripted } from "halo-agent/site";

export type Run = readonly Event[];

export const untouched: State = initialState({});

/** The state after a run. */
export function after(run: Run, from: State = untouched): State {
  return run.reduce(update, from);
}

const search = (text: string): Run => [{ type: "search-input", text }, { type: "search" }];
const open = (id: string): Event => ({ type: "go", view: { name: "product", id } });
/** Searches, opens a product and picks so many of it. */
export const found = (words: string, id: string, quantity = 1): Run => [
  ...search(words),
  open(id),
  ...(quantity === 1 ? [] : [{ type: "pick-quantity", quantity } as const]),
];
/** Puts so many of it into the cart. */
export const add = (
  words: string,
  id: string,
  quantity = 1,
): Run => [...found(words, id, quantity), { type: "add-to-cart" }];
/** Places the order. */
export const place: Event = { type: "place-order" };
/** Buys the whole cart with so many of it. */
export const buy = (words: string, id: string, quantity = 1): Run => [
  ...found(words, id, quantity),
  { type: "buy-now" },
  place,
];

export const runs: Readonly<Record<string, Scripted<Event>>> = {
  "v2.omnizon-3": {
    right: buy("headphones", "4"),
    near: { how: "headphones for $149", run: buy("headphones", "2") },
    loose: [
      {
        how: "a mug, after a search for headphones",
        run: [...search("headphones"), open("57"), { type: "buy-now" }, place],
      },
      { how: "two of them", run: buy("headphones", "4", 2) },
    ],
  },
  "v2.omnizon-9": {
    right: buy("gaming", "193"),
    near: { how: "a gaming chair for $269", run: buy("gaming", "196") },
    loose: [{
      how: "a mug, after a search for gaming",
      run: [...search("gaming"), open("57"), { type: "buy-now" }, place],
    }],
  },
  "v2.omnizon-13": {
    right: buy("cooking pot", "212"),
    near: { how: "a skillet", run: buy("skillet", "205") },
    loose: [{ how: "a pot and a skillet", run: [...add("skillet", "205"), ...buy("cooking pot", "215")] }],
  },
  "v2.omnizon-15": {
    right: buy("sports balls", "114"),
    near: { how: "a single basketball", run: buy("basketball", "109") },
    loose: [{ how: "three packs", run: buy("sports balls", "114", 3) }],
  },
  "v2.omnizon-17": {
    right: buy("neck pillow", "170"),
    near: { how: "two of them", run: buy("neck pillow", "170", 2) },
    loose: [{
      how: "one of each kind, in two orders",
      run: [...buy("neck pillow", "170"), ...buy("neck pillow", "167")],
    }],
  },
  "v2.omnizon-24": {
    right: buy("gaming controllers (PS5)", "16", 2),
    near: { how: "one of them", run: buy("PS5 controller", "16") },
    loose: [{
      how: "two of them, and a controller for PC in an order before",
      run: [...buy("gaming controller", "201"), ...buy("PS5 controller", "16", 2)],
    }],
  },
  "v2.omnizon-25": {
    right: [...add("apron", "91"), ...buy("cooking pot", "212")],
    near: { how: "an apron and a skillet", run: [...add("apron", "91"), ...buy("skillet", "205")] },
    loose: [{
      how: "only put into the cart",
      run: [...add("apron and pot", "91"), { type: "go", view: { name: "cart" } }],
    }, {
      how: "and a skillet",
      run: [...add("skillet", "205"), ...add("apron", "91"), ...buy("cooking pot", "212")],
    }],
  },
  "v2.omnizon-28": {
    right: buy("silverware set", "208"),
    near: { how: "left at the checkout", run: buy("silverware set", "208").slice(0, -1) },
    loose: [{
      how: "a mug, after a search for it",
      run: [...search("silverware set"), open("57"), { type: "buy-now" }, place],
    }],
  },
  "v2.omnizon-29": {
    right: [...add("40 inch desk", "159"), ...buy("office chair", "161")],
    near: { how: "two chairs", run: [...add("40 inch desk", "159"), ...buy("office chair", "161", 2)] },
    loose: [{ how: "a desk and a mug", run: [...add("40 inch desk", "159"), ...buy("mug", "57")] }],
  },
  "v2.omnizon-30": {
    right: buy("queen size bed frame", "164"),
    near: { how: "left at the checkout", run: buy("queen size bed frame", "164").slice(0, -1) },
    loose: [{ how: "a twin size frame", run: buy("bed frame", "165") }],
  },
};
