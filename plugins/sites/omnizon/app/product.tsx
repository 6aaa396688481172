import { Button, Link, PressButton } from "halo-agent/site/app";
import type { JSX } from "preact";
import { detailsOf, type Product } from "../catalogue/product.ts";
import { listed, wholeList } from "../catalogue/search.ts";
import { Icon } from "./icon.tsx";
import { Picture } from "./picture.tsx";
import { Arrival, Card, Price, type Props, QuantityMenu, Stars } from "./parts.tsx";

/** The page of one product. */
export function ProductPage({ state, dispatch, product }: Props & { readonly product: Product }): JSX.Element {
  const { bullets, specs, reviews } = detailsOf(product);
  const similar = listed({ ...wholeList, department: product.department }).filter(({ id }) => id !== product.id);
  const byBrand = () =>
    dispatch({ type: "show-list", filter: { department: product.department, brands: [product.brand] } });
  return (
    <>
      <div class="product">
        <Gallery state={state} dispatch={dispatch} product={product} />
        <section class="about" aria-label="About this product">
          <h1>{product.title}</h1>
          <p>
            by <Link name={`More from ${product.brand}`} class="text-link" onFollow={byBrand}>{product.brand}</Link> in
            {" "}
            {product.department}
          </p>
          <Stars rating={product.rating} count={product.ratings} />
          <Price product={product} />
          <ul class="bullets">{bullets.map((text) => <li key={text}>{text}.</li>)}</ul>
        </section>
        <BuyBox state={state} dispatch={dispatch} product={product} />
      </div>
      <section class="specs" aria-label="Specifications">
        <h2>Specifications</h2>
        <dl>
          {specs.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section class="row" aria-label="Similar products">
        <h2>Similar products</h2>
        <ul class="row-list">
          {similar.slice(0, 7).map((one) => <Card key={one.id} product={one} dispatch={dispatch} isSmall />)}
        </ul>
      </section>
      <section class="reviews" aria-label="Reviews">
        <h2>What customers say</h2>
        {reviews.map(({ by, stars, title, text }) => (
          <article key={title}>
            <Stars rating={stars * 10} />
            <b>{title}</b>
            <p>{text}</p>
            <p class="quiet">{by}, checked purchase</p>
          </article>
        ))}
      </section>
    </>
  );
}

function Gallery({ state: { picture }, dispatch, product }: Props & { readonly product: Product }): JSX.Element {
  return (
    <section class="gallery" aria-label="Pictures">
      <div class="thumbs">
        {[0, 1, 2].map((view) => (
          <PressButton
            key={view}
            name={`Picture ${view + 1} of 3`}
            class="thumb"
            isPressed={view === picture}
            onPress={() => dispatch({ type: "show-picture", picture: view })}
          >
            <Picture product={product} view={view} />
          </PressButton>
        ))}
      </div>
      <Picture product={product} view={picture} />
    </section>
  );
}

function BuyBox({ state, dispatch, product }: Props & { readonly product: Product }): JSX.Element {
  const isWished = state.wishes.some(({ id }) => id === product.id);
  return (
    <section class="buy-box" aria-label="Buy">
      <Price product={product} />
      <Arrival product={product} />
      <p class="stock">In stock</p>
      <div class="quantity-row">
        <span aria-hidden="true">Quantity</span>
        <QuantityMenu
          name={`Quantity: ${state.quantity}`}
          quantity={state.quantity}
          isOpen={state.menu === "quantity"}
          onToggle={() => dispatch({ type: "toggle-menu", menu: "quantity" })}
          onPick={(quantity) => dispatch({ type: "pick-quantity", quantity })}
        />
      </div>
      <Button
        name={`Add to Cart: ${product.title}`}
        text="Add to Cart"
        kind="primary"
        onClick={() => dispatch({ type: "add-to-cart" })}
      />
      <Button name={`Buy Now: ${product.title}`} text="Buy Now" onClick={() => dispatch({ type: "buy-now" })} />
      <Button
        name={`${isWished ? "Remove from" : "Add to"} Wish List: ${product.title}`}
        text={isWished ? "Remove from Wish List" : "Add to Wish List"}
        icon={<Icon name="heart" />}
        onClick={() => dispatch({ type: "toggle-wish", id: product.id })}
      />
      <p class="quiet">Sold and sent by Omnizon. 30 days to return it.</p>
    </section>
  );
}
