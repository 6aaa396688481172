import { grouped, weekdayAndDay } from "halo-agent/site";
import type { Home } from "./homes.ts";
import { type Deal, homeTypes, type Order, type Search, type Slot } from "./state.ts";

/** "$1,250,000". */
export function money(dollars: number): string {
  return `$${grouped(dollars)}`;
}

/** "$850K", "$1.25M": short, where there is little room. */
export function shortMoney(dollars: number): string {
  if (dollars < 10_000) return money(dollars);
  return dollars < 1_000_000 ? `$${Math.round(dollars / 1000)}K` : `$${Math.round(dollars / 10_000) / 100}M`;
}

/** "$2,400/mo" of a home for rent. */
export function priceText({ deal, price }: Pick<Home, "deal" | "price">): string {
  return deal === "rent" ? `${money(price)}/mo` : money(price);
}

/** "3 bds · 2 ba · 1,640 sqft", of a lot only its size. */
export function factsText({ beds, baths, sqft }: Home): string {
  const size = `${grouped(sqft)} sqft`;
  return beds === 0 ? `${size} lot` : `${beds} ${beds === 1 ? "bd" : "bds"} · ${baths} ba · ${size}`;
}

export const dealTexts: Readonly<Record<Deal, string>> = { sale: "For Sale", rent: "For Rent", sold: "Sold" };

export const orderTexts: Readonly<Record<Order, string>> = {
  homes: "Homes for you",
  newest: "Newest",
  beds: "Bedrooms",
  baths: "Bathrooms",
  area: "Square feet",
};

/** "Up to $900K"; undefined without a limit. */
export function priceLimit({ min, max }: Search): string | undefined {
  if (min === null) return max === null ? undefined : `Up to ${shortMoney(max)}`;
  return max === null ? `${shortMoney(min)}+` : `${shortMoney(min)} - ${shortMoney(max)}`;
}

/** "3+ bd, 2+ ba"; undefined without a limit. */
export function roomsLimit({ beds, baths, isExact }: Search): string | undefined {
  const text = (n: number | null, what: string): string[] => n === null ? [] : [`${n}${isExact ? "" : "+"} ${what}`];
  const all = [...text(beds, "bd"), ...text(baths, "ba")];
  return all.length === 0 ? undefined : all.join(", ");
}

/** How many kinds of homes are looked for; undefined when all are. */
export function typesLimit({ types }: Search): string | undefined {
  return types.length === homeTypes.length ? undefined : String(types.length);
}

/** A search in one line, as saved searches show it. */
export function searchText(search: Search): string {
  const { place, deal, types } = search;
  const kinds = types.length === homeTypes.length ? undefined : types.join(", ");
  return [placeText(place), dealTexts[deal], priceLimit(search), roomsLimit(search), kinds].filter((one) =>
    one !== undefined
  ).join(" · ");
}

/** How a page names the place of a search. */
export function placeText(place: string): string {
  return place.trim() === "" ? "All places" : place.trim();
}

/** "Fri, Jul 19 at 9:00 AM". */
export function slotText({ date, time }: Slot): string {
  return `${weekdayAndDay(date)} at ${time}`;
}
