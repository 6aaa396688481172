import type { Action, Element } from "halo-agent";
import { button, done, fill, find, lookFurther, press, shown, sight } from "halo-agent/site";
import type { Control } from "halo-agent/site";
import type { ShopPage } from "./page.ts";
import type { ShopMilestone } from "./shop.ts";

export const link = (name: string): Control => ({ role: "link", name });

const cartLink: Control = { role: "link", name: "Cart,", begins: true };
const place = button("Place your order");
const addButton = (product: string): Control => button(`Add to Cart: ${product}`);
const buyButton = (product: string): Control => button(`Buy Now: ${product}`);

/** Searches for these words, or presses a control that is already in view. */
function searchFor(words: string, { elements }: ShopPage): Action {
  const field = elements.find(({ role }) => role === "searchbox");
  const typed = fill(field, words);
  return typed.action === "type" ? { ...typed, submit: true } : typed;
}

/** The checkout shows that the next order holds a product. */
const isOrdered = (page: ShopPage, product: string): boolean =>
  find(page, place) !== undefined && find(page, button(`Change quantity of ${product}`)) !== undefined;

/** The product is among results, and its page is shown; `n` tells a second product's milestones apart. */
export function reachedProduct(product: string, n = 1): readonly ShopMilestone[] {
  const suffix = n === 1 ? "" : `_${n}`;
  const isShown = (page: ShopPage): boolean => find(page, addButton(product)) !== undefined;
  const isFound = (page: ShopPage): boolean => page.heading !== undefined && find(page, link(product)) !== undefined;
  return [
    {
      name: `results${suffix}`,
      value: 0.2,
      role: "way",
      stands: (page) => isFound(page) || isShown(page) || isOrdered(page, product),
      reached: ({ to, isScroll }) => !isScroll && isFound(to) && `"${product}" is among the results`,
      towards: ({ page }) => searchFor(product, page),
    },
    {
      name: `product${suffix}`,
      value: 0.3,
      role: "way",
      stands: (page) => isShown(page) || isOrdered(page, product),
      reached: ({ to, isScroll }) => !isScroll && isShown(to) && `the page of "${product}" is shown`,
      towards: ({ page }) => press(find(page, link(product))) ?? lookFurther,
    },
  ];
}

/** So many of the shown product are picked. */
export function picked(quantity: string): readonly ShopMilestone[] {
  const isPicked = (page: ShopPage): boolean => find(page, button(`Quantity: ${quantity}`)) !== undefined;
  const option: Control = { role: "menuitem", name: quantity };
  const menu = (page: ShopPage): Element | undefined =>
    page.elements.find(({ role, name }) => role === "button" && /^Quantity: \d+$/.test(name));
  const isOpen = (page: ShopPage): boolean => find(page, option) !== undefined;
  const stands = (page: ShopPage): boolean => isPicked(page) || find(page, place) !== undefined;
  return [
    sight({
      name: "quantity_menu",
      value: 0.1,
      role: "way",
      stands: (page) => isOpen(page) || stands(page),
      seen: isOpen,
      says: "the quantities are in view",
      by: menu,
    }),
    sight({
      name: "quantity",
      value: 0.2,
      role: "way",
      stands,
      seen: isPicked,
      says: `${quantity} are picked`,
      by: option,
    }),
  ];
}

/** The product was put into the cart, which then holds `inCart` things. */
export function added(
  product: string,
  { inCart, name = "added" }: { readonly inCart: number; readonly name?: string },
): ShopMilestone {
  const end = done<ShopPage>({ name, value: 0.3, button: addButton(product), notice: "Added to cart" });
  return {
    ...end,
    stands: (page) => page.inCart >= inCart,
    reached: (look) => look.to.inCart >= inCart && end.reached(look),
  };
}

/** The checkout shows that the order will hold `count` things, all of these products, after Buy Now for the last of them. */
export function checkedOut(products: readonly string[], count: number): ShopMilestone {
  return sight({
    name: "checkout",
    value: 0.4,
    role: "ready",
    stands: (page) => page.inCart === count && products.every((product) => isOrdered(page, product)),
    says: "the checkout holds what is asked for",
    by: buyButton(products.at(-1)!),
  });
}

/** The cart shows a control, by following its link. */
export function inCart(control: Control): ShopMilestone {
  return shown({ name: "cart", value: 0.3, control, by: cartLink });
}

/** A milestone that the page of a later one shows as well, so that the way does not begin anew there. */
export function until(milestone: ShopMilestone, later: ShopMilestone): readonly ShopMilestone[] {
  return [{ ...milestone, stands: (page) => milestone.stands(page) || later.stands(page) }, later];
}

/** The cart, and the checkout of it as it is. */
export function cartCheckout(): readonly ShopMilestone[] {
  const [proceed, stands] = [button("Proceed to checkout"), (page: ShopPage) => find(page, place) !== undefined];
  const says = "the checkout is in view";
  return until(inCart(proceed), sight({ name: "checkout", value: 0.4, role: "ready", stands, says, by: proceed }));
}

/** The order was placed. */
export const placed: ShopMilestone = done({
  name: "placed",
  value: 0.5,
  button: place,
  gone: place,
  notice: "Order placed",
});

/** One of the options of a group whose name contains a text is chosen. */
export function chosenIn(group: string, text: string): ShopMilestone {
  const option = ({ elements }: ShopPage): Element | undefined =>
    elements.find(({ role, name }) => role === "radio" && name.startsWith(`${group}: `) && name.includes(text));
  const stands = (page: ShopPage): boolean => option(page)?.states.includes("checked") === true;
  const says = `"${text}" is chosen`;
  return sight({ name: group.toLowerCase(), value: 0.3, role: "content", stands, says, by: option });
}

/** A list for these words is shown; it must stay while it is narrowed or ordered. */
export function searched(query: string, role: "hand" | "end" = "hand"): ShopMilestone {
  const stands = ({ heading }: ShopPage): boolean => heading?.includes(`for "${query}"`) === true;
  return {
    name: "results",
    value: 0.2,
    role,
    stands,
    reached: ({ to }) => stands(to) && `the results for "${query}" are shown`,
    towards: ({ page }) => searchFor(query, page),
  };
}

/** An open menu with an option that must stay open until the option is taken. */
export function opened(
  name: string,
  o: { readonly button: Control; readonly option: Control; readonly value?: number },
): ShopMilestone {
  const stands = (page: ShopPage): boolean => find(page, o.option) !== undefined;
  const says = `"${o.option.name}" can be chosen`;
  return sight({ name, value: o.value ?? 0.2, role: "hand", stands, says, by: o.button });
}
