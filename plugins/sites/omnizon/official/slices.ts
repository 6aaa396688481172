import { dayText, without } from "halo-agent/site";
import type { Card, Item, Order, State } from "../state/state.ts";
import { deliveries, deliveryText } from "../state/time.ts";
import { router } from "../state/router.ts";

/** An order in the hosted site's words. Items have no names: a script would take them for what it looks for. */
interface OfficialOrder {
  readonly id: string;
  readonly orderNumber: string;
  readonly date: string;
  readonly items: readonly Item[];
  readonly total: number;
  readonly isCancelled?: true;
}

const officialOrder = ({ id, date, items, total, status }: Order): OfficialOrder => ({
  id,
  orderNumber: id,
  date,
  items,
  total,
  ...(status === "cancelled" && { isCancelled: true }),
});

/** The orders by number, oldest first. */
export function officialOrders({ orders }: State): ReadonlyMap<string, OfficialOrder> {
  return new Map(orders.map((order) => [order.id, officialOrder(order)]));
}

/** The state cut into the hosted site's slices, for `detailedDiff`. */
export function slicesOf(state: State): object {
  const [pathname] = router.pathOf(state).split("?");
  return {
    order: { orders: state.orders.map((order) => ({ ...officialOrder(order), id: undefined })) },
    cart: { items: state.cart, saved: state.saved },
    filter: { searchQuery: state.filter.query, searchInputValue: state.searchInput },
    router: { location: { pathname } },
  };
}

/**
 * What the first version of the benchmark reads of new orders, by their place: lines, card and day. Without a new order
 * there is nothing: a script of the second version takes the word itself for a confirmation.
 */
export function boughtBetween(initial: State, final: State): object | undefined {
  const bought = without(final.orders, initial.orders);
  return bought.length === 0
    ? undefined
    : { added: { ...bought.map((order) => ({ order: earlierOrder(order, final.cards) })) } };
}

function earlierOrder({ items, card, delivery }: Order, cards: readonly Card[]): object {
  const paid = cards.find(({ id }) => id === card);
  return {
    cart: items.map(({ id, quantity }) => ({ id, quantity })),
    selected_card: paid && {
      cardName: paid.name,
      cardNumber: paid.number,
      month: String(Number(paid.month)),
      year: paid.year,
      security_code: paid.code,
    },
    // The hosted site's last day has the weekday of another year.
    selected_delivery: delivery === deliveries.at(-1) ? `Monday, ${dayText(delivery)}` : deliveryText(delivery),
  };
}
