import { type Asked, differing, type NewItem, same, type Start } from "halo-agent/site";
import { emptyForm } from "../state/form.ts";
import { type Home, homes } from "../state/homes.ts";
import type { Search, Slot, Tour, ZilloftState } from "../state/state.ts";
import { slotText } from "../state/text.ts";
import type { HomesTypes } from "./homes-types.ts";

type Wanted = Asked<ZilloftState>;
type HomesStart = Start<HomesTypes>;

/** Looking for homes on the way to something else is no change. */
export const looked = { search: () => "", order: () => "" } as const;

/** The home of a street. */
export function homeAt(street: string): Home {
  return homes.find((home) => home.street === street)!;
}

/** Dollars of "$600,000". */
export function dollars(price: string): number {
  return Number(price.replace(/\D/g, ""));
}

/** The search as it was, with just these limits on top, and the place of the goal. */
export function limited({ values, state }: HomesStart, limits: Partial<Search>): Wanted {
  const place = values["place"] ?? state.search.place;
  const right: Search = { ...state.search, ...limits, place };
  const isPlace = (typed: string): boolean => typed.trim().toLowerCase() === place.toLowerCase();
  return {
    done: "the homes were looked for",
    parts: {
      search(now) {
        if (!isPlace(now.place)) return `homes are looked for in "${now.place}"`;
        const wrong = differing({ ...right, place: now.place }, now);
        return wrong === "" ? "" : `the search has other ${wrong}`;
      },
    },
  };
}

/** A request about a home with these details. */
export function request<T extends Tour | { readonly home: string }>(
  { values }: HomesStart,
  { id, slots }: { readonly id: string; readonly slots: (item: T) => string },
): NewItem<T> {
  const { name = "", email = "", phone = "", street = "" } = values;
  const { message, wantsFinancing } = emptyForm("contact", homeAt(street));
  return {
    among: (item) => item.home === id,
    none: "no request about the home was sent",
    problem(item) {
      const right = { ...item, name, email, phone, message, wantsFinancing };
      const wrong = differing(right, item);
      return wrong !== "" ? `the request has another ${wrong}` : slots(item);
    },
  };
}

/** What is wrong with times, "" when they are just this one. */
export function onlySlot(slots: readonly Slot[], right: Slot): string {
  return same(slots, [right]) ? "" : `the time is ${slots.map(slotText).join(" or ") || "not chosen"}`;
}
