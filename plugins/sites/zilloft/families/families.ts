import { words } from "halo-agent/site";
import { baths, beds, deal, exactBeds, maxPrice, minPrice, priceRange, rooms, types } from "./filters.ts";
import { save, saveSearch, search, sort, unsave, view } from "./look.ts";
import { cancel, contact, tour, visit } from "./requests.ts";

/** Every family, in the order in which a goal is tried for them: the first whose words fit counts. */
export const families = [
  cancel,
  unsave,
  sort,
  deal,
  priceRange,
  exactBeds,
  rooms,
  types,
  saveSearch,
  minPrice,
  maxPrice,
  beds,
  baths,
  visit,
  tour,
  contact,
  save,
  view,
  search,
];

/** Lists of templates by name. */
export const sets = {
  /** Twelve ways to use the site; 1 to 5 steps. What is learned from nothing. */
  twelve: words(`
    search search_view search_save unsave save_search sort cancel deal beds types max_price contact
  `),
  /** By what they need: 1 to 8 steps. */
  all: words(`
    search view save search_view search_save unsave save_search sort cancel deal beds baths types exact_beds
    max_price min_price search_max_price search_rooms contact price_range search_contact visit tour
  `),
};
