import type { Deal, Details, Form, Order, PanelName, Search, View } from "./state.ts";

/** Fields of a request that are written. */
export type Field = Exclude<keyof Details, "wantsFinancing">;

/** Everything that can happen on the page. */
export type Event =
  | { readonly type: "go"; readonly view: View }
  | { readonly type: "go-deal"; readonly deal: Deal }
  | { readonly type: "search-input"; readonly text: string }
  | { readonly type: "search"; readonly place?: string }
  | { readonly type: "panel"; readonly name: PanelName }
  | { readonly type: "price-list"; readonly list: "min" | "max" }
  | { readonly type: "draft"; readonly change: Partial<Search> }
  | { readonly type: "apply" }
  | { readonly type: "save-search" }
  | { readonly type: "reset" | "more" | "undo" | "close-banner" | "escape" | "dismiss" }
  | { readonly type: "menu" }
  | { readonly type: "order"; readonly order: Order }
  | { readonly type: "open-search" | "drop-search"; readonly id: string }
  | { readonly type: "toggle-saved" | "cancel-tour"; readonly id: string }
  | { readonly type: "keep-tour" | "drop-tour" }
  | { readonly type: "photo"; readonly to: number }
  | { readonly type: "form"; readonly kind: Form["kind"]; readonly home: string }
  | { readonly type: "form-day"; readonly day: string }
  | { readonly type: "form-slot"; readonly date: string; readonly time: string }
  | { readonly type: "form-input"; readonly field: Field; readonly text: string }
  | { readonly type: "form-set"; readonly change: Partial<Pick<Form, "wantsFinancing" | "whenToBuy" | "hasAgency">> }
  | { readonly type: "form-next" | "form-back" | "form-close" };
