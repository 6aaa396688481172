import { Button } from "halo-agent/site/app";
import type { JSX } from "preact";
import { countOf, money, sumOf } from "../state/money.ts";
import type { Line } from "../state/state.ts";
import { Arrival, Empty, known, LineItem, type Props, QuantityMenu } from "./parts.tsx";

/** The cart, what is saved for later, and the way to the checkout. */
export function Cart({ state, dispatch }: Props): JSX.Element {
  const { cart, saved } = state;
  return (
    <div class="two-columns">
      <section aria-label="Cart">
        {cart.length === 0 && saved.length > 0 && <h1>Your cart is empty</h1>}
        {cart.length === 0 && saved.length === 0 && (
          <Empty title="Your cart is empty" text="What you add to it waits here." dispatch={dispatch} />
        )}
        {cart.length > 0 && (
          <>
            <h1>Your cart</h1>
            <ul class="lines">
              {cart.map((line) => <CartLine key={line.id} line={line} state={state} dispatch={dispatch} />)}
            </ul>
          </>
        )}
        {saved.length > 0 && (
          <>
            <h2>Saved for later</h2>
            <ul class="lines">{saved.map((line) => <SavedLine key={line.id} line={line} dispatch={dispatch} />)}</ul>
          </>
        )}
      </section>
      {cart.length > 0 && (
        <aside class="sum" aria-label="Subtotal">
          <p>
            Subtotal ({countOf(cart)} {countOf(cart) === 1 ? "item" : "items"})
          </p>
          <b class="total">{money(sumOf(cart))}</b>
          <Button
            name="Proceed to checkout"
            kind="primary"
            onClick={() => dispatch({ type: "go", view: { name: "checkout" } })}
          />
          <p class="quiet">Tax is included. You can change everything before you order.</p>
        </aside>
      )}
    </div>
  );
}

function CartLine({ line, state, dispatch }: Props & { readonly line: Line }): JSX.Element {
  const product = known(line);
  const { id, title } = product;
  const menu = `quantity ${id}`;
  return (
    <LineItem product={product} dispatch={dispatch} text={<Arrival product={product} />}>
      <QuantityMenu
        name={`Change quantity of ${title}`}
        quantity={line.quantity}
        isOpen={state.menu === menu}
        onToggle={() => dispatch({ type: "toggle-menu", menu })}
        onPick={(quantity) => dispatch({ type: "set-quantity", id, quantity })}
      />
      <Button name={`Delete ${title}`} text="Delete" onClick={() => dispatch({ type: "remove", id })} />
      <Button
        name={`Save for later: ${title}`}
        text="Save for later"
        onClick={() => dispatch({ type: "save-for-later", id })}
      />
    </LineItem>
  );
}

function SavedLine({ line, dispatch }: { readonly line: Line; readonly dispatch: Props["dispatch"] }): JSX.Element {
  const product = known(line);
  const { id, title } = product;
  return (
    <LineItem product={product} dispatch={dispatch} text={<span class="quiet">Quantity {line.quantity}</span>}>
      <Button
        name={`Move to cart: ${title}`}
        text="Move to cart"
        onClick={() => dispatch({ type: "move-to-cart", id })}
      />
      <Button name={`Forget ${title}`} text="Forget" onClick={() => dispatch({ type: "remove-saved", id })} />
    </LineItem>
  );
}
