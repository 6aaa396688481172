import { patched } from "halo-agent/site";
import { noticed } from "./cart.ts";
import { addressFields, cardFields, isComplete } from "./dialog.ts";
import type { AddressForm, CardForm } from "./dialog.ts";
import { pricedItems, sumOf } from "./money.ts";
import type { Order, State } from "./state.ts";
import { clock, deliveries } from "./time.ts";

/** Places an order of the whole cart with what was chosen. */
export function placeOrder(state: State): State {
  const { cart, chosen, orders } = state;
  if (cart.length === 0 || state.view.name !== "checkout") return state;
  if (state.refusesOrders) {
    return { ...state, problem: "We could not place your order. Nothing was charged; please try again later." };
  }
  const order: Order = {
    id: `114-${String(7_310_452 + orders.length * 1_187).padStart(7, "0")}`,
    date: clock.instantOf(clock.stampOf(state.clock)),
    items: pricedItems(cart),
    total: sumOf(cart) / 100,
    ...chosen,
    status: "placed",
  };
  const placed: State = {
    ...state,
    orders: [...orders, order],
    cart: [],
    chosen: { ...chosen, delivery: deliveries[0]! },
    view: { name: "confirmation" },
    problem: "",
  };
  return noticed(placed, "Order placed");
}

/** Does what the open dialog is about; nothing while its form is not complete. */
export function confirmed(state: State): State {
  const { dialog, chosen } = state;
  const closed: State = { ...state, dialog: null };
  switch (dialog?.name) {
    case "card": {
      if (!isComplete(cardFields, dialog.form)) return state;
      const card = { id: `c${state.cards.length + 1}`, ...trimmed(dialog.form) };
      return noticed({ ...closed, cards: [...state.cards, card], chosen: { ...chosen, card: card.id } }, "Card added");
    }
    case "address": {
      if (!isComplete(addressFields, dialog.form)) return state;
      const address = { id: `a${state.addresses.length + 1}`, ...trimmed(dialog.form) };
      const addresses = [...state.addresses, address];
      return noticed({ ...closed, addresses, chosen: { ...chosen, address: address.id } }, "Address added");
    }
    case "cancel-order": {
      const orders = patched(state.orders, [dialog], (order) => ({ ...order, status: "cancelled" as const }));
      return noticed({ ...closed, orders }, "Order cancelled");
    }
    case undefined:
      return state;
  }
}

function trimmed<F extends CardForm | AddressForm>(form: F): F {
  return Object.fromEntries(Object.entries(form).map(([key, text]) => [key, text.trim()])) as F;
}
