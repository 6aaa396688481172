import { button, type Control, done, shown } from "halo-agent/site";
import type { ShopPage } from "./page.ts";
import { inCart, opened } from "./milestones.ts";
import {
  drawLines,
  family,
  lineWith,
  numbersIn,
  type ShopDrawer,
  type ShopMilestone,
  type ShopScene,
  type ShopWish,
  titled,
} from "./shop.ts";

const idOf = (values: ShopScene["values"]): string => titled(values["product"]!).id;

/** A cart with three products, one of them meant. */
function filledCart(draw: ShopDrawer, more: ShopScene["values"] = {}): ShopScene {
  const { product, lines } = drawLines(draw);
  return { setup: { cart: lines }, values: { product, ...more } };
}

/** In the cart, a button that takes a product's line away. */
function takenBy(verb: string, o: { readonly name: string; readonly notice: string }) {
  return ({ product = "" }: ShopWish): readonly ShopMilestone[] => {
    const control = button(`${verb} ${product}`);
    return [inCart(control), done<ShopPage>({ ...o, value: 0.5, button: control, gone: control })];
  };
}

/** Takes a product out of the cart. */
export const remove = family({
  name: "remove",
  reading: { says: /\b(delete|remove|take)\b/i, rest: "product" },
  milestones: takenBy("Delete", { name: "removed", notice: "Removed from cart" }),
  templates: [{
    name: "remove",
    optimum: 2, // the cart, Delete
    wordings: ['Delete "{product}" from the cart.', 'Remove "{product}" from my cart.'],
    paraphrases: [
      "I no longer need the {product}, so take it out of my cart.",
      'Take "{product}" out of the basket and leave the rest.',
      'Please remove "{product}"; it should not be in the cart.',
    ],
    scene: (draw) => filledCart(draw),
    wanted: ({ values }) => ({ done: "the product left the cart", items: { cart: { remove: [idOf(values)] } } }),
  }],
});

/** Moves a product of the cart to what is saved for later. */
export const later = family({
  name: "later",
  reading: { says: /\blater\b/i, rest: "product" },
  milestones: takenBy("Save for later:", { name: "saved", notice: "Saved for later" }),
  templates: [{
    name: "save_for_later",
    optimum: 2, // the cart, Save for later
    wordings: ['Save "{product}" in the cart for later.', 'Move "{product}" from the cart to what is saved for later.'],
    paraphrases: [
      "Keep the {product} for later, I will not buy it with the rest of my cart.",
      'Not today: set "{product}" aside for later.',
      'The cart should hold everything but "{product}", which I want later.',
    ],
    scene: (draw) => filledCart(draw),
    wanted: ({ values }) => ({
      done: "the product is saved for later",
      items: {
        cart: { remove: [idOf(values)] },
        saved: { add: [lineWith(values["product"]!)] },
      },
    }),
  }],
});

/** Moves what is saved for later back into the cart. */
export const back = family({
  name: "back",
  reading: { says: /\bsaved\b|\b(set|put) aside\b.*\b(back|again)\b/i, rest: "product" },
  milestones: takenBy("Move to cart:", { name: "moved", notice: "Moved to cart" }),
  templates: [{
    name: "move_to_cart",
    optimum: 2, // the cart, Move to cart
    wordings: ['Move "{product}" from the saved items to the cart.', 'Put the saved "{product}" back into the cart.'],
    paraphrases: [
      "I saved the {product} once, now I want it in my cart.",
      'Of the things I saved, "{product}" should go in the cart.',
      'Move "{product}" from my saved things back to the cart.',
    ],
    scene(draw) {
      const { product, lines } = drawLines(draw);
      return { setup: { saved: lines }, values: { product } };
    },
    wanted: ({ values }) => ({
      done: "the product is in the cart",
      items: {
        saved: { remove: [idOf(values)] },
        cart: { add: [lineWith(values["product"]!)] },
      },
    }),
  }],
});

/** Changes how many of a product are in the cart. */
export const quantity = family({
  name: "quantity",
  reading: {
    says: /\b(change|make)\b.*\bquantity\b|\bquantity\b.*\b(cart|basket)\b/i,
    rest: "product",
    also: (masked) => ({ quantity: numbersIn(masked)[0] }),
  },
  milestones({ product = "", quantity = "" }) {
    const change = button(`Change quantity of ${product}`);
    const option = { role: "menuitem", name: quantity, region: `menu:Change quantity of ${product}` };
    return [
      inCart(change),
      opened("quantity_menu", { button: change, option }),
      done<ShopPage>({ name: "quantity", value: 0.5, button: option, notice: "Quantity changed" }),
    ];
  },
  templates: [{
    name: "set_quantity",
    optimum: 3, // the cart, the quantities, one of them
    wordings: [
      'Change the quantity of "{product}" in the cart to {quantity}.',
      'Set the quantity of "{product}" in my cart to {quantity}.',
    ],
    paraphrases: [
      "For the {product} in my cart, make the quantity {quantity}.",
      'One is not enough: change the quantity of "{product}" to {quantity}.',
      'The quantity of "{product}" in the basket should be {quantity}.',
    ],
    scene: (draw) => filledCart(draw, { quantity: draw.unused("quantities") }),
    wanted: ({ values }) => ({
      done: "the quantity was changed",
      items: { cart: { change: { [idOf(values)]: { quantity: Number(values["quantity"]) } } } },
    }),
  }],
});

/** Chooses another address to deliver to, from any page. */
export const deliver = family({
  name: "deliver",
  reading: { says: /\bdeliver(y|ies)? (address|to)\b|\baddress\b/i, rest: "address" },
  milestones({ address = "" }) {
    const option: Control = { role: "menuitem", name: address, begins: true };
    return [
      shown({ name: "addresses", value: 0.3, control: option, by: button("Deliver to") }),
      done<ShopPage>({ name: "address", value: 0.5, button: option, gone: option, notice: "Delivery address changed" }),
    ];
  },
  templates: [{
    name: "deliver_to",
    optimum: 2, // the addresses, one of them
    wordings: [
      'Change the delivery address to "{address}".',
      'Set the address of "{address}" as the delivery address.',
    ],
    paraphrases: [
      'From now on, deliver to "{address}".',
      'I moved: the address "{address}" is where things should go.',
      'At the top of the page, pick "{address}" as my address.',
    ],
    scene(draw) {
      const address = draw.unused("people");
      return {
        setup: { addresses: [{ ...drawAddress(draw), id: "a3", name: address }] },
        values: { address },
      };
    },
    wanted: () => ({
      done: "the delivery address was changed",
      parts: { chosen: ({ address }) => address === "a3" ? "" : "another address is chosen" },
    }),
  }],
});

/** An address but for its name and id. */
export function drawAddress(draw: ShopDrawer) {
  return {
    street: draw.any("streets"),
    city: draw.any("cities"),
    region: "CA",
    zip: `9${draw.any("digits")}`,
  };
}
