import { Button } from "halo-agent/site/app";
import { dayAndYear } from "halo-agent/site";
import type { JSX } from "preact";
import { money } from "../state/money.ts";
import type { Order } from "../state/state.ts";
import { deliveryText } from "../state/time.ts";
import { Arrival, Empty, known, LineItem, Price, type Props } from "./parts.tsx";

/** What was ordered, newest first. */
export function Orders({ state, dispatch }: Props): JSX.Element {
  return (
    <section class="orders" aria-label="Your orders">
      <h1>Your orders</h1>
      {[...state.orders].reverse().map((order) => <OrderCard key={order.id} order={order} dispatch={dispatch} />)}
    </section>
  );
}

const statusText = ({ status, delivery }: Order): string => {
  switch (status) {
    case "placed":
      return `Comes on ${deliveryText(delivery)}`;
    case "delivered":
      return `Delivered on ${deliveryText(delivery)}`;
    case "cancelled":
      return "Cancelled";
  }
};

function OrderCard({ order, dispatch }: { readonly order: Order; readonly dispatch: Props["dispatch"] }): JSX.Element {
  const { id, date, items, total, status } = order;
  return (
    <article class="order" aria-label={`Order ${id}`}>
      <div class="order-head">
        <span>Ordered {dayAndYear(date.slice(0, 10))}</span>
        <span>Total {money(Math.round(total * 100))}</span>
        <span>Order {id}</span>
        <b class={`status ${status}`}>{statusText(order)}</b>
        <span class="spring" />
        {status === "placed" && (
          <Button
            name={`Cancel order ${id}`}
            text="Cancel order"
            onClick={() => dispatch({ type: "cancel-order", id })}
          />
        )}
      </div>
      <ul class="lines">
        {items.map((item) => {
          const product = known(item);
          const again = () => dispatch({ type: "buy-again", id: item.id });
          const end = (
            <>
              <span>{item.quantity} ×</span>
              <Price product={product} />
              <Button name={`Buy again: ${product.title}`} text="Buy again" onClick={again} />
            </>
          );
          return <LineItem key={item.id} product={product} dispatch={dispatch} end={end} />;
        })}
      </ul>
    </article>
  );
}

/** The wish list. */
export function Lists({ state, dispatch }: Props): JSX.Element {
  if (state.wishes.length === 0) {
    return (
      <Empty title="Your wish list is empty" text="The heart on a product's page puts it here." dispatch={dispatch} />
    );
  }
  return (
    <section class="orders" aria-label="Your wish list">
      <h1>Your wish list</h1>
      <ul class="lines">
        {state.wishes.map(({ id }) => {
          const product = known({ id });
          return (
            <LineItem key={id} product={product} dispatch={dispatch} text={<Arrival product={product} />}>
              <Button
                name={`Add to cart: ${product.title}`}
                text="Add to cart"
                onClick={() => dispatch({ type: "buy-again", id })}
              />
              <Button
                name={`Remove ${product.title}`}
                text="Remove"
                onClick={() => dispatch({ type: "toggle-wish", id })}
              />
            </LineItem>
          );
        })}
      </ul>
    </section>
  );
}
