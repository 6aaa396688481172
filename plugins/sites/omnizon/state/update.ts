import { reducer, toggled } from "halo-agent/site";
import { productAt } from "../catalogue/product.ts";
import { type Filter, wholeList } from "../catalogue/search.ts";
import { addToCart, noticed, setQuantity, take, toggleWish } from "./cart.ts";
import { confirmed, placeOrder } from "./checkout.ts";
import { emptyAddress, emptyCard } from "./dialog.ts";
import type { Deed, Event } from "./event.ts";
import type { State, View } from "./state.ts";

const typing: readonly Event["type"][] = ["search-input", "price-min", "price-max", "form-input"];

/** The shop after an event. Pure: no time, no chance, nothing from outside. */
export const update = reducer<State, Event>({
  apply,
  isTyping: ({ type }) => typing.includes(type),
  keepsMenu: ({ type }) => type === "toggle-menu" || type === "escape",
});

function apply(state: State, event: Event): State {
  switch (event.type) {
    case "go":
      return shown(state, event.view);
    case "show-list":
      return listShown(state, { ...wholeList, ...event.filter });
    case "search":
      return listShown(state, { ...wholeList, query: state.searchInput.trim(), department: state.searchIn });
    case "search-input":
      return { ...state, searchInput: event.text };
    case "search-in":
      return { ...state, searchIn: event.department };
    case "price-min":
      return { ...state, prices: { ...state.prices, min: event.text } };
    case "price-max":
      return { ...state, prices: { ...state.prices, max: event.text } };
    case "set-prices":
      return pricesSet(state);
    case "filter":
      return { ...state, filter: { ...state.filter, page: 1, ...event.change } };
    case "toggle-brand": {
      const brands = [...toggled(state.filter.brands, event.brand)].sort();
      return { ...state, filter: { ...state.filter, page: 1, brands } };
    }
    case "pick-quantity":
      return { ...state, quantity: event.quantity };
    case "show-picture":
      return event.picture === state.picture ? state : { ...state, picture: event.picture };
    case "form-input":
      return typed(state, event);
    case "toggle-menu":
      return { ...state, menu: state.menu === event.menu ? null : event.menu };
    case "dismiss":
      return { ...state, menu: null };
    case "escape":
      if (state.menu !== null) return { ...state, menu: null };
      return state.dialog === null ? state : { ...state, dialog: null };
    case "cancel":
      return state.dialog === null ? state : { ...state, dialog: null };
    case "close-message":
      return state.snackbar === null ? state : { ...state, snackbar: null };
    case "close-banner":
      return { ...state, banner: false };
    default:
      return acted(state, event);
  }
}

/** What changes more than the view. */
function acted(state: State, event: Deed): State {
  switch (event.type) {
    case "add-to-cart":
      return state.view.name === "product" ? addToCart(state, { id: state.view.id, quantity: state.quantity }) : state;
    case "buy-now": {
      const added = apply(state, { type: "add-to-cart" });
      return added === state ? state : { ...shown(added, { name: "checkout" }), snackbar: state.snackbar };
    }
    case "toggle-wish":
      return toggleWish(state, event.id);
    case "set-quantity":
      return setQuantity(state, event);
    case "remove":
      return take(state, { id: event.id, from: "cart" });
    case "save-for-later":
      return take(state, { id: event.id, from: "cart", to: "saved" });
    case "move-to-cart":
      return take(state, { id: event.id, from: "saved", to: "cart" });
    case "remove-saved":
      return take(state, { id: event.id, from: "saved" });
    case "buy-again":
      return addToCart(state, { id: event.id, quantity: 1 });
    case "undo":
      return state.snackbar?.undo ? { ...state, ...state.snackbar.undo, snackbar: null } : state;
    case "choose":
      return chosenIn(state, event);
    case "place-order":
      return placeOrder(state);
    case "new-card":
      return { ...state, dialog: { name: "card", form: emptyCard } };
    case "new-address":
      return { ...state, dialog: { name: "address", form: emptyAddress } };
    case "cancel-order":
      return { ...state, dialog: { name: "cancel-order", id: event.id } };
    case "confirm":
      return confirmed(state);
  }
}

/** Shows another view; a product opens with one of it and its first picture. */
function shown(state: State, view: View): State {
  if (view.name === "product" && productAt(view.id) === undefined) return state;
  return { ...state, view, quantity: 1, picture: 0, problem: "", dialog: null };
}

function listShown(state: State, filter: Filter): State {
  const prices = { min: String(filter.min ?? ""), max: String(filter.max ?? "") };
  const searchInput = filter.query === "" ? state.searchInput : filter.query;
  return { ...shown(state, { name: "results" }), filter, prices, searchInput, searchIn: filter.department };
}

/** What is wrong with the texts in the price fields, "" when nothing is. */
export function priceProblem({ min, max }: State["prices"]): string {
  if (![min, max].every((text) => /^\s*\d{0,6}\s*$/.test(text))) return "Enter whole dollars";
  return min.trim() !== "" && max.trim() !== "" && Number(min) > Number(max) ? "The lowest price comes first" : "";
}

function pricesSet(state: State): State {
  const { prices, filter } = state;
  if (priceProblem(prices) !== "") return state;
  const bound = (text: string): number | null => text.trim() === "" ? null : Number(text);
  return { ...state, filter: { ...filter, page: 1, min: bound(prices.min), max: bound(prices.max) } };
}

function typed(state: State, { key, text }: Extract<Event, { type: "form-input" }>): State {
  const { dialog } = state;
  if (dialog === null || dialog.name === "cancel-order") return state;
  return { ...state, dialog: { ...dialog, form: { ...dialog.form, [key]: text } } as typeof dialog };
}

function chosenIn(state: State, { change }: Extract<Event, { type: "choose" }>): State {
  const chosen = { ...state.chosen, ...change };
  // At the checkout the choice shows; elsewhere a message says it.
  return state.view.name === "checkout"
    ? { ...state, chosen }
    : noticed({ ...state, chosen }, "Delivery address changed");
}
