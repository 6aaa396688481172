import { defineFamily, namesIn, type PageView, type SiteTypes, type Wish, type WishKey } from "halo-agent/site";
import type { Setup, ZilloftState } from "../state/state.ts";
import type { HomesDrawer } from "./drawer.ts";

/** What a goal about homes asks for. */
export interface HomesWish extends Wish {
  readonly place?: string;
  readonly street?: string;
  /** "$600,000"; of a range the lower one. */
  readonly price?: string;
  readonly high?: string;
  /** Bedrooms and bathrooms, "3". */
  readonly beds?: string;
  readonly baths?: string;
  /** A choice of a list: a kind of home, an order, a status. */
  readonly choice?: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  /** "2:00 PM", "Jul 20". */
  readonly time?: string;
  readonly day?: string;
}

/** A page as the families read it: nothing but its controls and its message. */
export type HomesPage = PageView;

/** The types that the families speak of. */
export interface HomesTypes extends SiteTypes {
  readonly state: ZilloftState;
  readonly setup: Setup;
  readonly draw: HomesDrawer;
  readonly wish: HomesWish;
  readonly page: HomesPage;
}

/** A family of goals about homes. */
export const family = defineFamily<HomesTypes>;

type Found = { readonly [K in WishKey<HomesWish>]?: string | undefined };

/** Values that stand in a goal without quotes. */
export function entities(masked: string): Found {
  const first = (pattern: RegExp): string | undefined => pattern.exec(masked)?.[1];
  const prices = [...masked.matchAll(/\$\d[\d,]*\d/g)].map(([price]) => price);
  return {
    price: prices[0],
    high: prices[1],
    beds: first(/(?<!["\d])(\d)\+?(?: or more)?[ -]bed/i),
    baths: first(/(?<!["\d])(\d)\+?(?: or more)?[ -]bath/i),
    email: first(/([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/),
    time: first(/(\d{1,2}:\d{2} [AP]M)/),
    day: first(/(Jul \d{1,2})/),
    name: namesIn(masked)[0],
  };
}
