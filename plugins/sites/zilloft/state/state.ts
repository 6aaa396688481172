import type { Snackbar, Ticking } from "halo-agent/site";

/** Whether a home is for sale, for rent, or was sold. */
export type Deal = "sale" | "rent" | "sold";

/** Kinds of homes, as the filter lists them. */
export const homeTypes = [
  "Houses",
  "Townhomes",
  "Multi-family",
  "Condos/Co-ops",
  "Lots/Land",
  "Apartments",
  "Manufactured",
] as const;
export type HomeType = typeof homeTypes[number];

/** What results are limited to; null is no limit. */
export interface Search {
  /** As typed; "" finds homes everywhere. */
  readonly place: string;
  readonly deal: Deal;
  /** Dollars, a month for homes for rent. */
  readonly min: number | null;
  readonly max: number | null;
  readonly beds: number | null;
  readonly baths: number | null;
  /** Just so many bedrooms and bathrooms, no more. */
  readonly isExact: boolean;
  /** In the order of `homeTypes`. */
  readonly types: readonly HomeType[];
}

export type Order = "homes" | "newest" | "beds" | "baths" | "area";

export type View =
  | { readonly name: "home" | "results" | "saved" | "requests" }
  | { readonly name: "listing"; readonly id: string };

export type PanelName = "deal" | "price" | "rooms" | "types";

/** The open filter: nothing of its draft counts before it is applied. */
export interface Panel {
  readonly name: PanelName;
  readonly draft: Search;
  /** The list of prices that is open. */
  readonly list: "min" | "max" | null;
}

/** A day "2024-07-19" with a time "9:00 AM". */
export interface Slot {
  readonly date: string;
  readonly time: string;
}

/** What a person writes of himself. */
export interface Details {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly message: string;
  readonly wantsFinancing: boolean;
}

/** A tour that was asked for. */
export interface Tour extends Details {
  readonly id: string;
  readonly home: string;
  readonly slots: readonly Slot[];
  readonly whenToBuy: string;
  readonly hasAgency: boolean;
}

/** A message to an agent. */
export interface Contact extends Details {
  readonly id: string;
  readonly home: string;
  readonly slot: Slot | null;
}

/** A request that is being written. */
export interface Form extends Details {
  readonly kind: "tour" | "contact";
  readonly home: string;
  /** Of a tour: time, details, last questions; of both: sent. */
  readonly step: 1 | 2 | 3 | "sent";
  /** The day whose times are shown. */
  readonly day: string;
  readonly slots: readonly Slot[];
  readonly whenToBuy: string;
  readonly hasAgency: boolean;
  /** True once the details were to be sent: from then on problems stand beside the fields. */
  readonly isChecked: boolean;
  /** Why sending failed; "" when it did not. */
  readonly problem: string;
}

export interface SavedHome {
  readonly id: string;
}

export interface SavedSearch {
  readonly id: string;
  readonly search: Search;
}

/** What an Undo button puts back. */
export type Undo = Partial<Pick<ZilloftState, "saved" | "searches" | "tours">>;

/** Faults a page was configured with. */
export interface Faults {
  readonly tour: boolean;
  readonly contact: boolean;
  readonly results: boolean;
}

/** The whole state of a page. The homes themselves are the same everywhere and are not in it. */
export interface ZilloftState extends Ticking {
  readonly view: View;
  /** Text of the search field, and whether places are offered for it. */
  readonly input: string;
  readonly isOffering: boolean;
  readonly search: Search;
  readonly order: Order;
  /** How many results are laid out. */
  readonly shown: number;
  readonly panel: Panel | null;
  readonly menu: "order" | null;
  /** Picture of the open home, from 0. */
  readonly photo: number;
  readonly saved: readonly SavedHome[];
  readonly searches: readonly SavedSearch[];
  readonly tours: readonly Tour[];
  readonly contacts: readonly Contact[];
  readonly form: Form | null;
  /** Id of the tour that is about to be cancelled. */
  readonly cancelling: string | null;
  readonly nextId: number;
  readonly banner: boolean;
  readonly faults: Faults;
  readonly snackbar: Snackbar<Undo> | null;
}

/** What a task adds to a page: where it opens, and what was done before. */
export interface Setup {
  /** Opens the results of a place. */
  readonly place?: string;
  /** Opens a home. */
  readonly home?: string;
  /** Ids of homes saved before. */
  readonly saved?: readonly string[];
  /** Ids of homes for which a tour was asked for before. */
  readonly tours?: readonly string[];
}

/** How many results are laid out at first, and with each "Show more homes". */
export const batch = 24;

export const plainSearch: Search = {
  place: "",
  deal: "sale",
  min: null,
  max: null,
  beds: null,
  baths: null,
  isExact: false,
  types: homeTypes,
};
