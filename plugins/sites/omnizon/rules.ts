import type { StateRules } from "halo-agent/site";
import { productAt } from "./catalogue/product.ts";
import type { Line, State } from "./state/state.ts";

const titleOf = ({ id }: { readonly id: string }): string => `"${productAt(id)?.title ?? id}"`;
const lines = (where: string) => ({
  id: ({ id }: Line) => id,
  name: (line: Line) => `${titleOf(line)} ${where}`,
  gone: (line: Line) => `${titleOf(line)} is no longer ${where}`,
  extra: (line: Line) => `${line.quantity} of ${titleOf(line)} came ${where}`,
});

/** How shops are judged: what is shown, searched for or chosen for a later order may differ, nothing else. */
export const rules: StateRules<State> = {
  collections: {
    orders: {
      id: ({ id }) => id,
      name: ({ id }) => `order ${id}`,
      extra: ({ items }) =>
        `another order was placed: ${items.map((item) => `${item.quantity} ${titleOf(item)}`).join(", ")}`,
    },
    cart: lines("in the cart"),
    saved: lines("saved for later"),
    wishes: { id: ({ id }) => id, name: (wish) => `the wish for ${titleOf(wish)}` },
    addresses: { id: ({ id }) => id, name: ({ name }) => `the address of ${name}` },
    cards: { id: ({ id }) => id, name: ({ name }) => `the card of ${name}` },
  },
  onScreen: [
    "view",
    "filter",
    "chosen",
    "searchInput",
    "searchIn",
    "prices",
    "quantity",
    "picture",
    "problem",
    "menu",
    "dialog",
    "banner",
    "clock",
    "snackbar",
  ],
  leftover({ dialog }) {
    if (dialog === null) return undefined;
    const isBegun = "form" in dialog ? Object.values(dialog.form).some((text) => text !== "") : true;
    return isBegun ? "a window stands open" : undefined;
  },
};
