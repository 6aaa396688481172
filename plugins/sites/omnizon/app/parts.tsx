import { Button, Link, Menu, MenuItem, type ViewProps } from "halo-agent/site/app";
import type { ComponentChildren, JSX } from "preact";
import { type Product, productAt } from "../catalogue/product.ts";
import type { Event } from "../state/event.ts";
import { money } from "../state/money.ts";
import { mostOfOne, type State, type View } from "../state/state.ts";
import { arrival } from "../state/time.ts";
import { Icon } from "./icon.tsx";
import { Picture } from "./picture.tsx";

/** What every part of the page receives. */
export type Props = ViewProps<State, Event>;
export type Dispatch = Props["dispatch"];

/** The product with an id that a list of the state holds. */
export const known = ({ id }: { readonly id: string }): Product => productAt(id)!;

/** A link to another view. */
export function To(
  p: {
    readonly name: string;
    readonly view: View;
    readonly href: string;
    readonly class: string;
    readonly isCurrent?: boolean;
    readonly dispatch: Dispatch;
    readonly children: ComponentChildren;
  },
): JSX.Element {
  const { name, href, isCurrent = false } = p;
  return (
    <Link
      name={name}
      class={p.class}
      href={href}
      isCurrent={isCurrent}
      onFollow={() => p.dispatch({ type: "go", view: p.view })}
    >
      {p.children}
    </Link>
  );
}

/** The link to a product's page, around what is shown of it. */
function ToProduct(
  { product, dispatch, children, class: name = "product-link" }: {
    readonly product: Product;
    readonly dispatch: Dispatch;
    readonly children: ComponentChildren;
    readonly class?: string;
  },
): JSX.Element {
  const { id, title } = product;
  return (
    <To name={title} view={{ name: "product", id }} href={`/product/${id}`} class={name} dispatch={dispatch}>
      {children}
    </To>
  );
}

/** Stars of five and how many people gave them. */
export function Stars({ rating, count }: { readonly rating: number; readonly count?: number }): JSX.Element {
  return (
    <span class="stars">
      <svg class="stars-row" viewBox="0 0 100 20" aria-hidden="true">
        {[0, 1, 2, 3, 4].map((i) => {
          const part = Math.max(0, Math.min(1, rating / 10 - i));
          return (
            <>
              <path class="star-off" d={starAt(i)} />
              <svg x={20 * i} width={20 * part} height={20} overflow="hidden">
                <path class="star-on" d={starAt(0)} />
              </svg>
            </>
          );
        })}
      </svg>
      <span>{(rating / 10).toFixed(1)}</span>
      {count !== undefined && <span class="quiet">({count})</span>}
    </span>
  );
}

const starAt = (i: number): string =>
  `M${20 * i + 10} 2l2.5 5.2 5.7.7-4.2 3.9 1.1 5.6-5.1-2.8-5.1 2.8 1.1-5.6-4.2-3.9 5.7-.7z`;

/** Price, and the one before a reduction. */
export function Price({ product }: { readonly product: Product }): JSX.Element {
  const { priceCents, listCents } = product;
  return (
    <span class="price">
      <b>{money(priceCents)}</b>
      {listCents !== undefined && <s class="quiet">{money(listCents)}</s>}
    </span>
  );
}

/** When a product comes, and whether fast or free. */
export function Arrival({ product: { days, isFree } }: { readonly product: Product }): JSX.Element {
  return (
    <span class="arrival">
      {days <= 2 && <span class="swift">swift</span>}
      <span>{isFree ? "Free delivery" : "Delivery"} {arrival(days)}</span>
    </span>
  );
}

/** A product in a grid or a row. */
export function Card(
  { product, dispatch, isSmall = false }: {
    readonly product: Product;
    readonly dispatch: Dispatch;
    readonly isSmall?: boolean;
  },
): JSX.Element {
  return (
    <li class={`card ${isSmall ? "small" : ""}`}>
      <ToProduct product={product} dispatch={dispatch}>
        <Picture product={product} />
        <span class="card-title">{product.title}</span>
      </ToProduct>
      {!isSmall && <Stars rating={product.rating} count={product.ratings} />}
      <Price product={product} />
      {!isSmall && <Arrival product={product} />}
    </li>
  );
}

/** What a menu's button shows: what is chosen now, and that there is more. */
export function Now({ text }: { readonly text: ComponentChildren }): JSX.Element {
  return (
    <span class="now" aria-hidden="true">
      {text}
      <Icon name="down" />
    </span>
  );
}

/** A button with the numbers that one can buy of a product. */
export function QuantityMenu(
  p: {
    readonly name: string;
    readonly quantity: number;
    readonly isOpen: boolean;
    readonly onToggle: () => void;
    readonly onPick: (quantity: number) => void;
  },
): JSX.Element {
  return (
    <span class="quantity">
      <Menu
        name={p.name}
        icon={<Now text={String(p.quantity)} />}
        isIconOnly
        isOpen={p.isOpen}
        onToggle={p.onToggle}
      >
        {Array.from({ length: mostOfOne }, (_, i) => (
          <MenuItem
            key={i}
            name={String(i + 1)}
            onClick={() => p.onPick(i + 1)}
          />
        ))}
      </Menu>
    </span>
  );
}

/** What a page says that has nothing to show. */
export function Empty(
  { title, text, dispatch }: { readonly title: string; readonly text: string; readonly dispatch: Dispatch },
): JSX.Element {
  return (
    <div class="empty">
      <Icon name="box" />
      <h1>{title}</h1>
      <p class="quiet">{text}</p>
      <Button
        name="Continue shopping"
        kind="primary"
        onClick={() => dispatch({ type: "go", view: { name: "home" } })}
      />
    </div>
  );
}

/** A product in a list of lines, with what is said of it and what can be done with it. */
export function LineItem(
  p: {
    readonly product: Product;
    readonly dispatch: Dispatch;
    /** One row alone, with what stands at its end. */
    readonly end?: ComponentChildren;
    readonly text?: ComponentChildren;
    /** Buttons below the text. */
    readonly children?: ComponentChildren;
  },
): JSX.Element {
  const { product, dispatch, end } = p;
  return (
    <li class={`line-item ${end === undefined ? "" : "slim"}`}>
      <ToProduct product={product} dispatch={dispatch} class="line-picture">
        <Picture product={product} />
      </ToProduct>
      <div class="line-text">
        {end === undefined ? <b>{product.title}</b> : product.title}
        {p.text}
        {p.children && <div class="line-actions">{p.children}</div>}
      </div>
      {end ?? <Price product={product} />}
    </li>
  );
}
