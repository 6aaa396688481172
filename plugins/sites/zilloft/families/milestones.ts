import { button, type Control, fill, find, lookFurther, type Milestone, press, shown } from "halo-agent/site";
import { type Sight, sight, written } from "halo-agent/site";
import type { Action, Element } from "halo-agent";
import type { HomesPage, HomesWish } from "./homes-types.ts";

export type HomesMilestone = Milestone<HomesPage>;

const searchField: Control = { role: "searchbox", name: "Address, city, ZIP or state" };

/** The results of a place are shown. */
export function searched({ place = "" }: HomesWish): HomesMilestone {
  const region = `region:homes in ${place.toLowerCase()}`;
  const stands = ({ elements }: HomesPage): boolean => elements.some((e) => e.region.toLowerCase() === region);
  return {
    name: "searched",
    value: 0.3,
    role: "way",
    stands,
    reached: ({ to }) => stands(to) && `homes in ${place} are shown`,
    towards: ({ page }) => search(page, place),
  };
}

function search(page: HomesPage, place: string): Action {
  const field = find(page, searchField);
  return field === undefined ? lookFurther : { action: "type", el: field.id, text: place, clear: true, submit: true };
}

/** The place's results, where the goal names one. */
export function searchedIf(wish: HomesWish): readonly HomesMilestone[] {
  return wish.place === undefined ? [] : [searched(wish)];
}

/** The same for a filter, which counts for nothing where homes of another place are shown. */
export function filteredIn(wish: HomesWish): readonly HomesMilestone[] {
  return searchedIf(wish).map((one) => ({ ...one, role: "hand" }));
}

type Seen = Omit<Sight<HomesPage>, "role" | "value"> & Partial<Pick<Sight<HomesPage>, "value">>;

/** A page at which the wanted thing can be seen, reached by using `by`: the end of a way of its own. */
export const ended = (o: Seen): HomesMilestone => sight({ value: 0.5, ...o, role: "end" });

/** The home of the goal is shown whole. */
export function viewed({ street = "" }: HomesWish): HomesMilestone {
  return ended({
    name: "viewed",
    by: { role: "link", name: `Open ${street}` },
    stands: ({ elements }) => elements.some(({ region }) => region === `region:Listing ${street}`),
    says: `${street} is shown`,
  });
}

/** The same on the way to a request: its window covers the home. */
export function viewedFirst(wish: HomesWish): HomesMilestone {
  return { ...viewed(wish), role: "way" };
}

/** The home of the goal is among the saved ones. */
export function savedHome({ street = "" }: HomesWish): HomesMilestone {
  return ended({
    name: "saved",
    by: button(`Save ${street}`),
    stands: (page) => find(page, button(`Remove ${street} from saved homes`)) !== undefined,
    says: `${street} is saved`,
  });
}

/** A filter's panel is open. */
export function opened(title: string, inside: Control): HomesMilestone {
  return {
    ...shown<HomesPage>({ name: "panel", value: 0.2, control: inside, by: { ...button(title), begins: true } }),
    towards: ({ page }) => press(filterButton(page, title)) ?? lookFurther,
  };
}

const filterSection = "region:Property filters section";

function filterButton({ elements }: HomesPage, title: string): Element | undefined {
  return elements.find((e) => e.role === "button" && e.region === filterSection && e.name.startsWith(title));
}

/** The open filter was applied, and its button says what the results are limited to. */
export function applied(title: string, limit: RegExp): HomesMilestone {
  return ended({
    name: "applied",
    by: button("Apply"),
    stands(page) {
      const name = filterButton(page, title)?.name;
      return name !== undefined && limit.test(name.slice(title.length)) && find(page, button("Apply")) === undefined;
    },
    says: "the filter is applied",
  });
}

/** A choice of a panel is made; it must stand when the filter is applied. */
export const made = (o: Seen): HomesMilestone => sight({ value: 0.3, ...o, role: "content" });

/** The list of lowest or highest prices was open, and a price of it was taken. */
export function priced(which: "Minimum" | "Maximum", price: string): readonly HomesMilestone[] {
  const option: Control = { role: "option", name: price };
  const list = `listbox:${which} price`;
  const isChosen = (page: HomesPage): boolean => find(page, button(`${which} price: ${price}`)) !== undefined;
  const select = ({ elements }: HomesPage): Element | undefined =>
    elements.find((e) => e.role === "button" && e.name.startsWith(`${which} price: `));
  const isOpen = ({ elements }: HomesPage): boolean => elements.some(({ region }) => region === list);
  return [
    sight({
      name: `${which.toLowerCase()}_list`,
      value: 0.2,
      role: "way",
      stands: (page) => isOpen(page) || isChosen(page),
      seen: isOpen,
      says: `the list of ${which.toLowerCase()} prices is open`,
      by: select,
    }),
    made({
      name: `${which.toLowerCase()}_price`,
      stands: isChosen,
      by: (page) => find(page, { ...option, region: list }) ?? (isOpen(page) ? undefined : select(page)),
      says: `${which.toLowerCase()} price is ${price}`,
    }),
  ];
}

/** So many bedrooms or bathrooms are chosen, whether as the least or exactly. */
export function roomed(what: "Bedrooms" | "Bathrooms", n: string): HomesMilestone {
  const choice = ({ elements }: HomesPage): Element | undefined =>
    elements.find((e) => e.name === `${what}: ${n}+` || e.name === `${what}: ${n}`);
  return made({
    name: what.toLowerCase(),
    by: choice,
    stands: (page) => choice(page)?.states.includes("pressed") === true,
    says: `${what.toLowerCase()}: ${n}`,
  });
}

/** A field of a request reads what the goal says. */
function filled(name: string, text: string): HomesMilestone {
  const field: Control = { role: "textbox", name };
  return {
    ...written<HomesPage>({ name: name.toLowerCase(), value: 0.2, field, text }),
    towards: ({ page }) => fill(find(page, field), text),
  };
}

/** Name, address and phone of the goal are written. */
export function detailed({ name = "", email = "", phone = "" }: HomesWish): readonly HomesMilestone[] {
  return [filled("Name", name), filled("Email", email), filled("Phone", phone)];
}

/** The request was sent. */
export function sent(by: string): HomesMilestone {
  return ended({
    name: "sent",
    by: button(by),
    stands: (page) => find(page, { ...button("Done"), region: `dialog:${dialogOf[by]!}` }) !== undefined,
    says: "the request is on its way",
  });
}

const dialogOf: Readonly<Record<string, string>> = {
  "Submit request": "Request a tour",
  "Send message": "Contact agent",
};
