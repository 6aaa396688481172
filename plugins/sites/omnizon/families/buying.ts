import { button, done } from "halo-agent/site";
import type { ShopPage } from "./page.ts";
import { added, checkedOut, picked, placed, reachedProduct } from "./milestones.ts";
import { drawOther, family, lineWith, numbersIn, ordered, type ShopDrawer, type ShopScene, titled } from "./shop.ts";

const oneProduct = (draw: ShopDrawer): ShopScene => ({ setup: {}, values: { product: draw.unused("products") } });
const someOfOne = (draw: ShopDrawer): ShopScene => ({
  setup: {},
  values: { product: draw.unused("products"), quantity: draw.unused("quantities") },
});
function twoProducts(draw: ShopDrawer): ShopScene {
  const product = draw.unused("products");
  return { setup: {}, values: { product, second: drawOther(draw, product) } };
}
const quantityIn = (masked: string) => ({ quantity: numbersIn(masked)[0] });
const second = ["\\band… #", "\\bthen… #"];

/** Buys a product at once. */
export const buy = family({
  name: "buy",
  // What was ordered before is put into the cart from the orders.
  reading: {
    says: /^(?!.*\b(last time|(?:my|our|the) usual|the same(?! order))\b).*\b(buy|order|purchase)\b/is,
    takes: { second },
    rest: "product",
    also: quantityIn,
  },
  milestones({ product = "", second, quantity }) {
    const n = Number(quantity ?? 1);
    const first = [...reachedProduct(product), ...(quantity === undefined ? [] : picked(quantity))];
    return second === undefined ? [...first, checkedOut([product], n), placed] : [
      ...first,
      added(product, { inCart: n }),
      ...reachedProduct(second, 2),
      checkedOut([product, second], n + 1),
      placed,
    ];
  },
  templates: [
    {
      name: "buy_now",
      optimum: 4, // search, the product, Buy Now, Place your order
      wordings: ['Buy "{product}" now and place the order.', 'Order one "{product}".'],
      paraphrases: [
        "Please order the {product} for me.",
        'I need "{product}", so buy it right away.',
        'Purchase "{product}" and pay as usual.',
      ],
      scene: oneProduct,
      wanted: (start) => ordered([{ id: titled(start.values["product"]!).id, quantity: 1 }], start),
    },
    {
      name: "buy_quantity",
      optimum: 6, // search, the product, the quantities, one of them, Buy Now, Place your order
      wordings: ['Buy {quantity} of "{product}" and place the order.', 'Order {quantity} pieces of "{product}".'],
      paraphrases: [
        "We need {quantity} times the {product}, please order them.",
        'Purchase "{product}", {quantity} of them in one order.',
        'Set the quantity of "{product}" to {quantity} and buy that.',
      ],
      scene: someOfOne,
      wanted: (start) =>
        ordered([{ id: titled(start.values["product"]!).id, quantity: Number(start.values["quantity"]) }], start),
    },
    {
      name: "buy_two",
      optimum: 7, // search, the product, Add to Cart, search, the other product, Buy Now, Place your order
      wordings: [
        'Buy "{product}" and "{second}" in one order.',
        'Order one "{product}" and one "{second}", both in the same order.',
      ],
      paraphrases: [
        'I want to purchase two things together: "{product}" and "{second}".',
        'First "{product}" into the cart, then "{second}", and order both at once.',
        'Please order "{product}" for me, and with it "{second}".',
      ],
      scene: twoProducts,
      wanted: (start) =>
        ordered(
          [start.values["product"]!, start.values["second"]!].map((title) => ({ id: titled(title).id, quantity: 1 })),
          start,
        ),
    },
  ],
});

/** Puts products into the cart. */
export const add = family({
  name: "add",
  reading: { says: /\b(add|put|into my cart)\b/i, takes: { second }, rest: "product", also: quantityIn },
  milestones({ product = "", second, quantity }) {
    const n = Number(quantity ?? 1);
    const first = [
      ...reachedProduct(product),
      ...(quantity === undefined ? [] : picked(quantity)),
      added(product, { inCart: n }),
    ];
    if (second === undefined) return first;
    return [...first, ...reachedProduct(second, 2), added(second, { inCart: n + 1, name: "added_2" })];
  },
  templates: [
    {
      name: "add_to_cart",
      optimum: 3, // search, the product, Add to Cart
      wordings: ['Add "{product}" to the cart.', 'Put one "{product}" into the cart.'],
      paraphrases: [
        "Put the {product} in my basket, but do not check out.",
        'Could you add "{product}" to my cart for me?',
        'I am not paying yet; just put "{product}" in the cart.',
      ],
      scene: oneProduct,
      wanted: ({ values }) => ({
        done: "the product is in the cart",
        items: { cart: { add: [lineWith(values["product"]!, 1)] } },
      }),
    },
    {
      name: "add_quantity",
      optimum: 5, // search, the product, the quantities, one of them, Add to Cart
      wordings: ['Add {quantity} of "{product}" to the cart.', 'Put {quantity} pieces of "{product}" into the cart.'],
      paraphrases: [
        "Put {quantity} of the {product} in my basket, but do not check out.",
        'My cart should hold "{product}", {quantity} times; add that many.',
        'Add "{product}" to the cart with the quantity {quantity}.',
      ],
      scene: someOfOne,
      wanted: ({ values }) => ({
        done: "the products are in the cart",
        items: { cart: { add: [lineWith(values["product"]!, Number(values["quantity"]))] } },
      }),
    },
    {
      name: "add_two",
      optimum: 6, // twice: search, the product, Add to Cart
      wordings: [
        'Add "{product}" and "{second}" to the cart.',
        'Put one "{product}" and one "{second}" into the cart.',
      ],
      paraphrases: [
        'Two things go in my cart: add "{product}" and also "{second}".',
        'Please put "{product}" in the basket, then "{second}".',
        'Can you add "{product}" to my cart, and "{second}" as well?',
      ],
      scene: twoProducts,
      wanted: ({ values }) => ({
        done: "both products are in the cart",
        items: { cart: { add: [lineWith(values["product"]!, 1), lineWith(values["second"]!, 1)] } },
      }),
    },
  ],
});

/** Remembers a product. */
export const wish = family({
  name: "wish",
  reading: { says: /\bwish/i, rest: "product" },
  milestones({ product = "" }) {
    const heart = button(`Add to Wish List: ${product}`);
    return [
      ...reachedProduct(product),
      done<ShopPage>({ name: "wished", value: 0.5, button: heart, gone: heart, notice: "Added to wish list" }),
    ];
  },
  templates: [{
    name: "wish",
    optimum: 3, // search, the product, the heart
    wordings: ['Add "{product}" to the wish list.', 'Put "{product}" on my wish list.'],
    paraphrases: [
      "Remember the {product} on my wish list for now.",
      'My birthday is near: "{product}" belongs on the wish list.',
      'Save "{product}" as a wish, please.',
    ],
    scene: oneProduct,
    wanted: ({ values }) => {
      const { id } = titled(values["product"]!);
      return {
        done: "the product is on the wish list",
        items: {
          wishes: {
            add: [{
              among: (one) => one.id === id,
              problem: () => "",
              none: `"${values["product"]}" is not on the wish list`,
            }],
          },
        },
      };
    },
  }],
});
