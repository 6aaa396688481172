import { Button, Radios } from "halo-agent/site/app";
import type { JSX } from "preact";
import { countOf, money, sumOf } from "../state/money.ts";
import type { Address, Card, Line } from "../state/state.ts";
import { deliveries, deliveryText } from "../state/time.ts";
import { Icon } from "./icon.tsx";
import { Empty, known, LineItem, type Props, QuantityMenu, To } from "./parts.tsx";

const addressText = (a: Address): string => `${a.name}, ${a.street}, ${a.city}, ${a.region} ${a.zip}`;
const cardText = ({ name, number, month, year }: Card): string =>
  `Card ending in ${number.slice(-4)}, ${name}, expires ${month}/${year}`;

/** Address, payment and day of the next order, what it holds, and the button that places it. */
export function Checkout({ state, dispatch }: Props): JSX.Element {
  const { cart, chosen, addresses, cards, problem } = state;
  if (cart.length === 0) return <Empty title="Nothing to check out" text="Your cart is empty." dispatch={dispatch} />;
  return (
    <div class="two-columns">
      <div class="checkout">
        <h1>Checkout</h1>
        <section class="step" aria-label="Delivery address">
          <h2>
            <span class="step-mark">1</span>Delivery address
          </h2>
          <Radios
            name="Address"
            value={chosen.address}
            offered={addresses.map((one) => [one.id, addressText(one)] as const)}
            onChoose={(address) => dispatch({ type: "choose", change: { address } })}
          />
          <Button name="Add an address" onClick={() => dispatch({ type: "new-address" })} />
        </section>
        <section class="step" aria-label="Payment">
          <h2>
            <span class="step-mark">2</span>Payment
          </h2>
          <Radios
            name="Payment"
            value={chosen.card}
            offered={cards.map((one) => [one.id, cardText(one)] as const)}
            onChoose={(card) => dispatch({ type: "choose", change: { card } })}
          />
          <Button name="Add a payment card" onClick={() => dispatch({ type: "new-card" })} />
        </section>
        <section class="step" aria-label="Delivery day">
          <h2>
            <span class="step-mark">3</span>Delivery day
          </h2>
          <Radios
            name="Delivery"
            value={chosen.delivery}
            offered={deliveries.map((day) => [day, deliveryText(day)] as const)}
            onChoose={(delivery) => dispatch({ type: "choose", change: { delivery } })}
          />
        </section>
      </div>
      <aside class="sum" aria-label="Order summary">
        <h2>Order summary</h2>
        <ul class="lines">
          {cart.map((line) => <OrderLine key={line.id} line={line} state={state} dispatch={dispatch} />)}
        </ul>
        <p class="sum-line">
          <span>Items ({countOf(cart)})</span>
          <span>{money(sumOf(cart))}</span>
        </p>
        <p class="sum-line">
          <span>Delivery</span>
          <span>$0.00</span>
        </p>
        <p class="sum-line grand">
          <b>Order total</b>
          <b>{money(sumOf(cart))}</b>
        </p>
        <Button name="Place your order" kind="primary" onClick={() => dispatch({ type: "place-order" })} />
        <p class="problem" role="alert">{problem}</p>
        <To name="Back to cart" view={{ name: "cart" }} href="/cart" class="text-link" dispatch={dispatch}>
          Back to cart
        </To>
      </aside>
    </div>
  );
}

function OrderLine({ line: { id, quantity }, state, dispatch }: Props & { readonly line: Line }): JSX.Element {
  const product = known({ id });
  const menu = `quantity ${id}`;
  return (
    <LineItem
      product={product}
      dispatch={dispatch}
      text={<b>{money(product.priceCents * quantity)}</b>}
      end={
        <QuantityMenu
          name={`Change quantity of ${product.title}`}
          quantity={quantity}
          isOpen={state.menu === menu}
          onToggle={() => dispatch({ type: "toggle-menu", menu })}
          onPick={(to) => dispatch({ type: "set-quantity", id, quantity: to })}
        />
      }
    />
  );
}

/** What follows an order: its number and what it holds. */
export function Confirmation({ state, dispatch }: Props): JSX.Element {
  const order = state.orders.at(-1)!;
  const address = state.addresses.find(({ id }) => id === order.address);
  return (
    <section class="confirmation" aria-label="Order placed">
      <div class="confirmed">
        <Icon name="tick" />
        <div>
          <h1>Thank you, your order is placed</h1>
          <p>Order number {order.id}, {money(Math.round(order.total * 100))}</p>
          <p>Comes on {deliveryText(order.delivery)}{address && ` to ${addressText(address)}`}</p>
        </div>
      </div>
      <ul class="lines">
        {order.items.map(({ id, quantity }) => (
          <LineItem
            key={id}
            product={known({ id })}
            dispatch={dispatch}
            end={<b class="price">{quantity} × {money(known({ id }).priceCents)}</b>}
          />
        ))}
      </ul>
      <div class="line-actions">
        <Button
          name="See your orders"
          kind="primary"
          onClick={() => dispatch({ type: "go", view: { name: "orders" } })}
        />
        <Button name="Continue shopping" onClick={() => dispatch({ type: "go", view: { name: "home" } })} />
      </div>
    </section>
  );
}
