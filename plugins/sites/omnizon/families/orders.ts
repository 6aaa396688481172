import { button, done, shown, textbox, written } from "halo-agent/site";
import { pastOrder } from "../state/initial.ts";
import type { Card, Line } from "../state/state.ts";
import { deliveries, deliveryText } from "../state/time.ts";
import { drawAddress } from "./cart.ts";
import { cartCheckout, chosenIn, link, opened, placed, until } from "./milestones.ts";
import type { ShopPage } from "./page.ts";
import { drawLines, family, lineWith, ordered, type ShopDrawer, titled } from "./shop.ts";

const someLines = (draw: ShopDrawer): readonly Line[] => drawLines(draw).lines.slice(0, 2);

function drawCard(draw: ShopDrawer): Card & { readonly digits: string } {
  const digits = draw.unused("digits");
  const number = `${draw.unused("digits")} ${draw.unused("digits")} ${draw.unused("digits")} ${digits}`;
  const [name, month, year, code] = [draw.any("people"), draw.any("months"), draw.any("years"), draw.any("codes")];
  return { id: "c3", name, number, month, year, code, digits };
}

/** Orders what is in the cart, with what was chosen for it. */
export const checkout = family({
  name: "checkout",
  reading: {
    says: /^(?!.*\bnew (?:\w+ )?card\b).*(?:\bcheck ?out\b|\border\b.*\bcart\b)/i,
    takes: {
      address: ["\\bto #", "\\baddress… #"],
      digits: ["\\bending in #", "\\bends in #", "\\bcard… #"],
      day: ["\\bon #"],
    },
    rest: "product",
  },
  milestones: ({ address, digits, day }) => [
    ...cartCheckout(),
    ...(address === undefined ? [] : [chosenIn("Address", address)]),
    ...(digits === undefined ? [] : [chosenIn("Payment", digits)]),
    ...(day === undefined ? [] : [chosenIn("Delivery", day)]),
    placed,
  ],
  templates: [
    {
      name: "checkout",
      optimum: 3, // the cart, Proceed to checkout, Place your order
      wordings: [
        'Check out the cart with "{product}" and place the order.',
        'Place an order for the cart that holds "{product}".',
      ],
      paraphrases: [
        "My cart with the {product} is ready, please check out with what is set.",
        'Go through the checkout for me: "{product}" is in the cart already.',
        'Order the "{product}" that waits in my cart.',
      ],
      scene(draw) {
        const { product, lines } = drawLines(draw);
        return { setup: { cart: lines.filter(({ id }) => id === titled(product).id) }, values: { product } };
      },
      wanted: (start) => ordered(start.state.cart, start),
    },
    {
      name: "checkout_card",
      optimum: 4, // and the card
      wordings: [
        'Check out the cart and pay with the card ending in "{digits}".',
        'Place an order for the cart with the card ending in "{digits}".',
      ],
      paraphrases: [
        'Order what is in my cart, but on the card that ends in "{digits}".',
        'At the checkout use my other card, the one ending in "{digits}".',
        'Please check out; the payment is by the card ending in "{digits}".',
      ],
      scene(draw) {
        const { digits, ...card } = drawCard(draw);
        return { setup: { cart: someLines(draw), cards: [card] }, values: { digits } };
      },
      wanted: (start) => ordered(start.state.cart, start, { card: "c3" }),
    },
    {
      name: "checkout_address",
      optimum: 4, // and the address
      wordings: [
        'Check out the cart and send it to "{address}".',
        'Place an order for the cart, to be sent to "{address}".',
      ],
      paraphrases: [
        'Order what is in my cart, but have it sent to "{address}".',
        'At the checkout pick the address of "{address}", then order.',
        'Please check out; the parcel goes to "{address}".',
      ],
      scene(draw) {
        const address = draw.unused("people");
        const addresses = [{ ...drawAddress(draw), id: "a3", name: address }];
        return { setup: { cart: someLines(draw), addresses }, values: { address } };
      },
      wanted: (start) => ordered(start.state.cart, start, { address: "a3" }),
    },
    {
      name: "checkout_day",
      optimum: 4, // and the day
      wordings: [
        'Check out the cart with delivery on "{day}".',
        'Place an order for the cart that comes on "{day}".',
      ],
      paraphrases: [
        'Order what is in my cart; it should arrive on "{day}".',
        'At the checkout ask for delivery on "{day}", then order.',
        'Please check out, but I am only home on "{day}".',
      ],
      scene: (draw) => ({ setup: { cart: someLines(draw) }, values: { day: draw.unused("days") } }),
      wanted: (start) =>
        ordered(start.state.cart, start, {
          delivery: deliveries.find((day) => deliveryText(day) === start.values["day"])!,
        }),
    },
  ],
});

/** At the checkout, pays with a card that the shop does not know yet. */
export const newCard = family({
  name: "new_card",
  reading: {
    says: /\bcard number\b/i,
    takes: {
      number: ["\\bnumber… #"],
      month: ["\\bmonth… #"],
      year: ["\\byear… #"],
      code: ["\\bcode… #"],
      name: ["\\bname… #", "\\bof #"],
    },
  },
  milestones({ name = "", number = "", month = "", year = "", code = "" }) {
    const fields = [["Name on card", name], ["Card number", number], ["Expiry month", month], ["Expiry year", year], [
      "Security code",
      code,
    ]] as const;
    const [, [key]] = fields;
    return [
      shown({ name: "form", value: 0.2, control: textbox(key), by: button("Add a payment card") }),
      ...fields.map(([field, text]) =>
        written<ShopPage>({ name: field.toLowerCase().replaceAll(" ", "_"), value: 0.1, field: textbox(field), text })
      ),
      done<ShopPage>({
        name: "saved",
        value: 0.3,
        button: button("Save card"),
        gone: textbox(key),
        notice: "Card added",
      }),
      placed,
    ];
  },
  templates: [{
    name: "checkout_new_card",
    optimum: 8, // Add a payment card, five fields, Save card, Place your order
    wordings: [
      'Add a card and order: name "{name}", card number "{number}", month "{month}", year "{year}", code "{code}".',
      'Order with a new card of "{name}", card number "{number}", expiry month "{month}", expiry year "{year}", security code "{code}".',
    ],
    paraphrases: [
      'Pay with a card that is not saved yet: the name is "{name}", the card number "{number}", the month "{month}", the year "{year}" and the code "{code}".',
      'My new card: card number "{number}", name "{name}", month "{month}", year "{year}", code "{code}". Use it for this order.',
      'This order goes on a new card with the card number "{number}", code "{code}", expiry month "{month}", year "{year}", and the name "{name}".',
    ],
    scene(draw) {
      const { name, number, month, year, code } = drawCard(draw);
      return { setup: { cart: someLines(draw), opens: "checkout" }, values: { number, name, year, code, month } };
    },
    wanted(start) {
      const { name = "", number = "", month = "", year = "", code = "" } = start.values;
      const asked = ordered(start.state.cart, start, { card: `c${start.state.cards.length + 1}` });
      const problem = (card: Card): string =>
        card.name === name && card.number === number && card.month === month && card.year === year && card.code === code
          ? ""
          : "the new card says something else";
      return {
        ...asked,
        items: { ...asked.items, cards: { add: [{ among: () => true, problem, none: "no card was added" }] } },
      };
    },
  }],
});

/** Calls an order off. */
export const cancel = family({
  name: "cancel",
  reading: { says: /\bcancel|\bcall off\b/i, rest: "order" },
  milestones({ order = "" }) {
    const [control, confirm] = [button(`Cancel order ${order}`), {
      ...button("Cancel the order"),
      region: `dialog:Cancel order ${order}`,
    }];
    return [
      ...until(
        shown({ name: "orders", value: 0.3, control, by: link("Orders") }),
        opened("window", { button: control, option: confirm }),
      ),
      done<ShopPage>({ name: "cancelled", value: 0.5, button: confirm, gone: confirm, notice: "Order cancelled" }),
    ];
  },
  templates: [{
    name: "cancel_order",
    optimum: 3, // Orders, Cancel order, Cancel the order
    wordings: ['Cancel the order "{order}".', 'Cancel my order with the number "{order}".'],
    paraphrases: [
      'I changed my mind about "{order}", please cancel that order.',
      'Can you cancel "{order}" before it is sent?',
      'Of my orders, "{order}" is to be cancelled, no other.',
    ],
    scene(draw) {
      const two = [draw.unused("orders"), draw.unused("orders")];
      const orders = two.map((id) =>
        pastOrder(id, { lines: drawLines(draw).lines.slice(0, 1), daysAgo: 0, status: "placed" })
      );
      return { setup: { orders }, values: { order: two[draw.rng.int(2)]! } };
    },
    wanted: ({ values }) => ({
      done: "the order was cancelled",
      items: { orders: { change: { [values["order"]!]: { status: "cancelled" } } } },
    }),
  }],
});

/** Puts something into the cart that was ordered before. */
export const again = family({
  name: "again",
  reading: { says: /^(?!.*\baside\b).*(\bagain\b|\bonce more\b)/is, rest: "product" },
  milestones({ product = "" }) {
    const control = button(`Buy again: ${product}`);
    return [
      shown({ name: "orders", value: 0.3, control, by: link("Orders") }),
      done<ShopPage>({ name: "added", value: 0.3, button: control, notice: "Added to cart" }),
    ];
  },
  templates: [{
    name: "buy_again",
    optimum: 2, // Orders, Buy again
    wordings: [
      'Put "{product}" from my orders into the cart again.',
      'Add "{product}", which I ordered before, to the cart again.',
    ],
    paraphrases: [
      "I ordered the {product} before; get it in my cart once more.",
      'Look through my orders and add "{product}" to the cart again.',
      'The cart should hold "{product}" again, as in my last orders.',
    ],
    scene(draw) {
      const { product, lines } = drawLines(draw);
      const orders = [pastOrder(draw.unused("orders"), { lines: lines.slice(0, 3), daysAgo: 9 })];
      return { setup: { orders }, values: { product } };
    },
    wanted: ({ values }) => ({
      done: "the product is in the cart",
      items: { cart: { add: [lineWith(values["product"]!)] } },
    }),
  }],
});
