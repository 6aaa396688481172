// What a user does for each REAL task on the site for homes, and what one does who gets it nearly right.
import type { Event } from "../state/event.ts";
import { initialState } from "../state/initial.ts";
import { resultsOf } from "../state/search.ts";
import { plainSearch, type Search, type ZilloftState } from "../state/state.ts";
import { update } from "../state/update.ts";
import type { Scripted } from "halo-agent/site";

type Run = readonly Event[];

export const untouched: ZilloftState = initialState({});

/** The state after a run. */
export function after(run: Run): ZilloftState {
  return run.reduce(update, untouched);
}

/** The first home that a search finds. */
export function homeFor(limits: Partial<Search>): string {
  const [home] = resultsOf({ ...plainSearch, ...limits }, "homes");
  if (home === undefined) throw new Error(`no home for ${JSON.stringify(limits)}`);
  return home.id;
}

const search = (place: string): Event[] => [{ type: "search-input", text: place }, { type: "search" }];
const filter = (change: Partial<Search>): Event[] => [
  { type: "panel", name: "price" },
  { type: "draft", change },
  { type: "apply" },
];
const details: readonly Event[] = [
  { type: "form-input", field: "name", text: "Ana Brook" },
  { type: "form-input", field: "email", text: "ana.brook@example.com" },
  { type: "form-input", field: "phone", text: "555-123-4567" },
];

/** Opens a home and asks for a tour of it. */
export function tourOf(home: string, date = "2024-07-19", time = "2:00 PM", who: readonly Event[] = details): Event[] {
  return [
    { type: "go", view: { name: "listing", id: home } },
    { type: "form", kind: "tour", home },
    { type: "form-slot", date, time },
    { type: "form-next" },
    ...who,
    { type: "form-next" },
    { type: "form-next" },
  ];
}

function contactOf(home: string, slot?: { readonly date: string; readonly time: string }): Event[] {
  return [
    { type: "go", view: { name: "listing", id: home } },
    { type: "form", kind: "contact", home },
    ...(slot === undefined ? [] : [{ type: "form-slot", ...slot } as const]),
    ...details,
    { type: "form-next" },
  ];
}

const houses = { types: ["Houses"] } as const;
const longBeach = { place: "Long Beach, CA", ...houses, beds: 3, baths: 2, isExact: true };
const losAngeles = { place: "Los Angeles, CA", ...houses, max: 350_000, beds: 2, baths: 1 };
const sacramento = { place: "Sacramento, CA", ...houses, min: 500_000, max: 1_100_000, beds: 4, baths: 2 };
const bigHouse = { place: "Seattle, WA", ...houses, beds: 3 };
const boston = { place: "Boston, MA", ...houses, max: 1_000_000 };
const bay = { place: "San Francisco Bay Area", max: 1_000_000, beds: 3 };
const south = { place: "Southern California", ...houses, max: 1_000_000 };
const cheap = { place: "Fresno, CA", ...houses, max: 500_000, beds: 2 };
const one = { date: "2024-07-19", time: "1:00 PM" };
const nine = { date: "2024-07-19", time: "9:00 AM" };
/** A home that no task means. */
export const lot = homeFor({ place: "Denver, CO", types: ["Lots/Land"] });

/** By id of the REAL task. */
export const runs: Readonly<Record<string, Scripted<Event>>> = {
  "v2.zilloft-2": {
    right: [...search("Long Beach, CA"), ...tourOf(homeFor(longBeach))],
    near: { how: "a house in Pasadena", run: tourOf(homeFor({ ...longBeach, place: "Pasadena", isExact: false })) },
    loose: [{ how: "one with four bedrooms", run: tourOf(homeFor({ ...longBeach, isExact: false, beds: 4 })) }],
  },
  "v2.zilloft-3": {
    right: [...search("Los Angeles, CA"), ...tourOf(homeFor(losAngeles))],
    near: { how: "a message instead of a tour", run: contactOf(homeFor(losAngeles), one) },
    loose: [
      { how: "a lot in Denver", run: tourOf(lot) },
      { how: "another day", run: tourOf(homeFor(losAngeles), "2024-07-20") },
    ],
  },
  "v2.zilloft-5": {
    right: [...search("San Jose, CA"), ...contactOf(homeFor({ place: "San Jose, CA" }))],
    near: { how: "a tour instead of a message", run: tourOf(homeFor({ place: "San Jose, CA" })) },
    loose: [{ how: "an agent in Denver", run: contactOf(lot) }],
  },
  "v2.zilloft-6": {
    right: [...search("Sacramento, CA"), ...contactOf(homeFor(sacramento), one)],
    near: { how: "the day after", run: contactOf(homeFor(sacramento), { ...one, date: "2024-07-20" }) },
    loose: [{ how: "a lot in Denver", run: contactOf(lot, one) }],
  },
  "v2.zilloft-9": {
    right: tourOf(homeFor(bigHouse)),
    near: { how: "only saved", run: [{ type: "toggle-saved", id: homeFor(bigHouse) }] },
    loose: [{ how: "a lot", run: tourOf(lot) }],
  },
  "v2.zilloft-10": {
    right: [...search("Fresno, CA"), ...filter({ max: 500_000 }), ...filter({ beds: 2 }), ...tourOf(homeFor(cheap))],
    near: {
      how: "after a filter for dearer homes",
      run: [...filter({ max: 900_000 }), ...tourOf(homeFor({ ...boston, min: 600_000 }))],
    },
    loose: [{ how: "a lot", run: tourOf(lot) }],
  },
  "v2.zilloft-14": {
    right: [...search("Boston, MA"), ...filter({ max: 1_000_000 }), ...contactOf(homeFor(boston), nine)],
    near: {
      how: "the day after tomorrow",
      run: [...search("Boston, MA"), ...contactOf(homeFor(boston), { ...nine, date: "2024-07-20" })],
    },
    loose: [
      { how: "at 6 PM", run: [...search("Boston, MA"), ...contactOf(homeFor(boston), { ...nine, time: "6:00 PM" })] },
    ],
  },
  "v2.zilloft-15": {
    right: [...search("San Francisco Bay Area"), ...tourOf(homeFor(bay), "2024-07-20", "1:00 PM")],
    near: { how: "on a Monday", run: tourOf(homeFor(bay), "2024-07-22", "1:00 PM") },
    loose: [{
      how: "a dear one",
      run: tourOf(homeFor({ place: "San Francisco", min: 2_000_000 }), "2024-07-20", "1:00 PM"),
    }],
  },
  "v2.zilloft-22": {
    right: [...search("Southern California"), ...filter({ max: 1_000_000 }), ...tourOf(homeFor(south))],
    near: { how: "a message instead of a tour", run: contactOf(homeFor(south)) },
    loose: [{ how: "a lot in Denver", run: tourOf(lot) }],
  },
  "v2.zilloft-23": {
    right: [...search("California"), ...filter({ max: 900_000 }), ...filter({ beds: 3 })],
    near: { how: "no price", run: [...search("California"), ...filter({ beds: 3 })] },
    loose: [
      { how: "no bedrooms", run: [...search("California"), ...filter({ max: 900_000 })] },
      { how: "a lowest price", run: [...search("California"), ...filter({ min: 900_000 }), ...filter({ beds: 3 })] },
    ],
  },
};
