import { patched, snackbarAt, without } from "halo-agent/site";
import { productAt } from "../catalogue/product.ts";
import { lineOf, mostOfOne } from "./state.ts";
import type { Kept, Line, State } from "./state.ts";

/** Says what was done; with Undo where `undo` says so. */
export function noticed(state: State, message: string, undo: State | null = null): State {
  const kept: Kept | null = undo && { cart: undo.cart, saved: undo.saved, wishes: undo.wishes };
  return { ...state, snackbar: snackbarAt(state.clock, message, kept) };
}

/** A list with so many more of a product, never more than an order takes. */
function withMore(lines: readonly Line[], { id, quantity }: Line): readonly Line[] {
  const line = lineOf(lines, id);
  if (line === undefined) return [...lines, { id, quantity }];
  return patched(lines, [line], (old) => ({ ...old, quantity: Math.min(old.quantity + quantity, mostOfOne) }));
}

/** Puts a product into the cart. */
export function addToCart(state: State, line: Line): State {
  if (productAt(line.id) === undefined) return state;
  return noticed({ ...state, cart: withMore(state.cart, line) }, "Added to cart");
}

/** Sets how many of a product of the cart are bought. */
export function setQuantity(state: State, { id, quantity }: Line): State {
  const line = lineOf(state.cart, id);
  if (line === undefined || quantity < 1 || quantity > mostOfOne) return state;
  return noticed({ ...state, cart: patched(state.cart, [line], (old) => ({ ...old, quantity })) }, "Quantity changed");
}

/** Takes a product out of a list, and puts it into another one where `to` names it. */
export function take(
  state: State,
  o: { readonly id: string; readonly from: "cart" | "saved"; readonly to?: "cart" | "saved" },
): State {
  const line = lineOf(state[o.from], o.id);
  if (line === undefined) return state;
  const left: State = { ...state, [o.from]: without(state[o.from], [line]) };
  if (o.to === undefined) {
    return noticed(left, o.from === "cart" ? "Removed from cart" : "Removed from saved items", state);
  }
  const moved: State = { ...left, [o.to]: withMore(left[o.to], line) };
  return noticed(moved, o.to === "cart" ? "Moved to cart" : "Saved for later", state);
}

/** Puts a product on the wish list, or takes it off. */
export function toggleWish(state: State, id: string): State {
  if (productAt(id) === undefined) return state;
  return state.wishes.some((wish) => wish.id === id)
    ? noticed({ ...state, wishes: without(state.wishes, [{ id }]) }, "Removed from wish list", state)
    : noticed({ ...state, wishes: [...state.wishes, { id }] }, "Added to wish list");
}
