import type { Filter } from "../catalogue/search.ts";
import type { Chosen, View } from "./state.ts";

/** What a user does. */
export type Event = Sight | Deed;

/** What changes only what is shown or typed. */
export type Sight =
  | { readonly type: "go"; readonly view: View }
  /** Shows a list; what it does not name is as in the whole list. */
  | { readonly type: "show-list"; readonly filter: Partial<Filter> }
  | { readonly type: "search-input" | "price-min" | "price-max"; readonly text: string }
  | { readonly type: "search-in"; readonly department: string }
  | { readonly type: "search" | "set-prices" }
  /** Narrows or orders the shown list, from its first page on unless it names one. */
  | { readonly type: "filter"; readonly change: Partial<Filter> }
  | { readonly type: "toggle-brand"; readonly brand: string }
  | { readonly type: "pick-quantity"; readonly quantity: number }
  | { readonly type: "show-picture"; readonly picture: number }
  | { readonly type: "form-input"; readonly key: string; readonly text: string }
  | { readonly type: "toggle-menu"; readonly menu: string }
  | { readonly type: "cancel" | "escape" | "dismiss" | "close-message" | "close-banner" };

/** What changes orders, lists, cards or addresses, or opens the window for it. */
export type Deed =
  | { readonly type: "add-to-cart" | "buy-now" | "undo" | "place-order" | "new-card" | "new-address" | "confirm" }
  | { readonly type: "toggle-wish" | "buy-again" | "cancel-order"; readonly id: string }
  | { readonly type: "set-quantity"; readonly id: string; readonly quantity: number }
  | { readonly type: "remove" | "save-for-later" | "move-to-cart" | "remove-saved"; readonly id: string }
  | { readonly type: "choose"; readonly change: Partial<Chosen> };
