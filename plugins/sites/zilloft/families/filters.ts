import { button, find } from "halo-agent/site";
import { shortMoney } from "../state/text.ts";
import { type Deal, type HomeType, homeTypes } from "../state/state.ts";
import { family, type HomesPage, type HomesWish } from "./homes-types.ts";
import { applied, filteredIn, type HomesMilestone, made, opened, priced, roomed } from "./milestones.ts";
import { dollars, limited } from "./wanted.ts";
import type { HomesDrawer } from "./drawer.ts";

const inPlace = { place: ["in #", "around #", "for #"] };

/** The values of a place whose results are shown already, and more. */
function shownPlace(draw: HomesDrawer, more: Readonly<Record<string, string>>) {
  const place = draw.unused("places");
  return { setup: { place }, values: { place, ...more } };
}

const exactText = (text: string): RegExp => new RegExp(`^: ${text.replace(/[.$+]/g, "\\$&")}$`);
const pricePanel = { role: "button", name: "Maximum price:", begins: true } as const;
const roomsPanel = { role: "checkbox", name: "Use exact match" } as const;

/** The filter for prices: steps in its panel, and what its button says then. */
const pricesFiltered = (
  wish: HomesWish,
  steps: readonly HomesMilestone[],
  limit: string,
) => [...filteredIn(wish), opened("Price", pricePanel), ...steps, applied("Price", exactText(limit))];

/** The same for the filter for rooms. */
const roomsFiltered = (
  wish: HomesWish,
  steps: readonly HomesMilestone[],
  limit: string,
) => [...filteredIn(wish), opened("Beds & Baths", roomsPanel), ...steps, applied("Beds & Baths", exactText(limit))];

/** "$850K" of "$850,000". */
const short = (price: string): string => shortMoney(dollars(price));

/** Shows nothing above a price. */
export const maxPrice = family({
  name: "max_price",
  reading: {
    says: /\b(under|below|at most|up to|no more than|maximum|cheaper)\b/i,
    takes: inPlace,
    rest: "place",
  },
  milestones: ({ price = "", ...wish }) => pricesFiltered(wish, priced("Maximum", price), `Up to ${short(price)}`),
  templates: [
    {
      name: "max_price", // Price, Maximum, the price, Apply
      optimum: 4,
      wordings: [
        'Show only homes in "{place}" with a maximum price of {price}.',
        'Filter the homes in "{place}" to a maximum price of {price}.',
      ],
      paraphrases: [
        'I can pay {price} at most; what is there in "{place}"?',
        'Nothing in "{place}" should cost more than that: up to {price}.',
        'Leave the homes in "{place}" that are under {price}.',
      ],
      scene: (draw) => shownPlace(draw, { price: draw.unused("high") }),
      wanted: (start) => limited(start, { max: dollars(start.values["price"]!) }),
    },
    {
      name: "search_max_price", // search, Price, Maximum, the price, Apply
      optimum: 5,
      wordings: [
        'Search for homes in "{place}" with a maximum price of {price}.',
        'Find homes in "{place}" and set the maximum price to {price}.',
      ],
      paraphrases: [
        'Which homes in "{place}" are under {price}?',
        'We look for something around "{place}", no more than {price}.',
        'Find me a home in "{place}" for {price} or less, so below that.',
      ],
      scene: (draw) => ({ setup: {}, values: { place: draw.unused("places"), price: draw.unused("high") } }),
      wanted: (start) => limited(start, { max: dollars(start.values["price"]!) }),
    },
  ],
});

/** Shows nothing below a price. */
export const minPrice = family({
  name: "min_price",
  reading: {
    says: /\b(above|over|at least|minimum|(?<!no )more than|from) (price of |price to )?\$/i,
    takes: inPlace,
    rest: "place",
  },
  milestones: ({ price = "", ...wish }) => pricesFiltered(wish, priced("Minimum", price), `${short(price)}+`),
  templates: [{
    name: "min_price", // Price, Minimum, the price, Apply
    optimum: 4,
    wordings: [
      'Show only homes in "{place}" with a minimum price of {price}.',
      'Filter the homes in "{place}" to a minimum price of {price}.',
    ],
    paraphrases: [
      'What is there in "{place}" from {price} on?',
      'Leave out the cheap ones in "{place}": homes above {price}.',
      'The bank wants a home in "{place}" that costs at least {price}.',
    ],
    scene: (draw) => shownPlace(draw, { price: draw.unused("low") }),
    wanted: (start) => limited(start, { min: dollars(start.values["price"]!) }),
  }],
});

/** Shows nothing outside of two prices. */
export const priceRange = family({
  name: "price_range",
  reading: { says: /\$[\d,]+ (and|to|-|or) \$/, takes: inPlace, rest: "place" },
  milestones: ({ price = "", high = "", ...wish }) =>
    pricesFiltered(wish, [...priced("Minimum", price), ...priced("Maximum", high)], `${short(price)} - ${short(high)}`),
  templates: [{
    name: "price_range", // Price, Minimum, a price, Maximum, a price, Apply
    optimum: 6,
    wordings: [
      'Show homes in "{place}" that cost between {price} and {high}.',
      'Filter the homes in "{place}" to prices from {price} to {high}.',
    ],
    paraphrases: [
      'My budget for "{place}" is {price} to {high}.',
      'In "{place}", what can I get for {price} to {high}?',
      'Between {price} and {high} is what I would spend in "{place}".',
    ],
    scene: (draw) => shownPlace(draw, { price: draw.unused("low"), high: draw.unused("high") }),
    wanted: (start) => limited(start, { min: dollars(start.values["price"]!), max: dollars(start.values["high"]!) }),
  }],
});

/** Shows homes with so many bedrooms or more. */
export const beds = family({
  name: "beds",
  reading: { says: /bed(room)?s?\b/i, takes: inPlace, rest: "place" },
  milestones: ({ beds: n = "", ...wish }) => roomsFiltered(wish, [roomed("Bedrooms", n)], `${n}+ bd`),
  templates: [{
    name: "beds", // Beds & Baths, the number, Apply
    optimum: 3,
    wordings: [
      'Show only homes in "{place}" with {beds}+ bedrooms.',
      'Filter the homes in "{place}" to {beds} or more bedrooms.',
    ],
    paraphrases: [
      'We need {beds}+ bedrooms; what does "{place}" have?',
      'In "{place}", leave only what has {beds} or more beds.',
      'Homes around "{place}" with {beds} or more bedrooms, please.',
    ],
    scene: (draw) => shownPlace(draw, { beds: draw.unused("beds") }),
    wanted: (start) => limited(start, { beds: Number(start.values["beds"]) }),
  }],
});

/** Shows homes with so many bathrooms or more. */
export const baths = family({
  name: "baths",
  reading: { says: /bath(room)?s?\b/i, takes: inPlace, rest: "place" },
  milestones: ({ baths: n = "", ...wish }) => roomsFiltered(wish, [roomed("Bathrooms", n)], `${n}+ ba`),
  templates: [{
    name: "baths", // Beds & Baths, the number, Apply
    optimum: 3,
    wordings: [
      'Show only homes in "{place}" with {baths}+ bathrooms.',
      'Filter the homes in "{place}" to {baths} or more bathrooms.',
    ],
    paraphrases: [
      'We are many, so {baths}+ bathrooms it must be; what does "{place}" have?',
      'In "{place}", leave only what has {baths} or more baths.',
      'Homes around "{place}" with {baths} or more bathrooms, please.',
    ],
    scene: (draw) => shownPlace(draw, { baths: draw.unused("baths") }),
    wanted: (start) => limited(start, { baths: Number(start.values["baths"]) }),
  }],
});

const exact = made({
  name: "exact",
  by: roomsPanel,
  stands: (page) => find(page, roomsPanel)?.states.includes("checked") === true,
  says: "exact match is on",
});

/** Shows homes with just so many bedrooms. */
export const exactBeds = family({
  name: "exact_beds",
  reading: { says: /\b(exactly|just|precisely) \d bed/i, takes: inPlace, rest: "place" },
  milestones: ({ beds: n = "", ...wish }) => roomsFiltered(wish, [roomed("Bedrooms", n), exact], `${n} bd`),
  templates: [{
    name: "exact_beds", // Beds & Baths, the number, exact, Apply
    optimum: 4,
    wordings: [
      'Show only homes in "{place}" with exactly {beds} bedrooms.',
      'Filter the homes in "{place}" to an exact match of exactly {beds} bedrooms.',
    ],
    paraphrases: [
      'No more and no less: precisely {beds} bedrooms, in "{place}".',
      'In "{place}", leave what has just {beds} beds and not one more.',
      'Homes around "{place}" with precisely {beds} bedrooms, please.',
    ],
    scene: (draw) => shownPlace(draw, { beds: draw.unused("beds") }),
    wanted: (start) => limited(start, { beds: Number(start.values["beds"]), isExact: true }),
  }],
});

/** Shows homes with so many bedrooms and bathrooms or more. */
export const rooms = family({
  name: "rooms",
  reading: { says: /bed.*bath/i, takes: inPlace, rest: "place" },
  milestones: ({ beds: n = "", baths: m = "", ...wish }) =>
    roomsFiltered(wish, [roomed("Bedrooms", n), roomed("Bathrooms", m)], `${n}+ bd, ${m}+ ba`),
  templates: [{
    name: "search_rooms", // search, Beds & Baths, two numbers, Apply
    optimum: 5,
    wordings: [
      'Find homes in "{place}" with {beds}+ bedrooms and {baths}+ bathrooms.',
      'Search for homes in "{place}" that have {beds}+ bedrooms and {baths}+ bathrooms.',
    ],
    paraphrases: [
      'Our family needs {beds} or more beds and {baths} or more baths in "{place}".',
      'Something around "{place}": {beds}+ beds, {baths}+ baths.',
      'What has {beds}+ bedrooms and {baths}+ bathrooms in "{place}"?',
    ],
    scene: (draw) => ({
      setup: {},
      values: { place: draw.unused("places"), beds: draw.unused("beds"), baths: draw.unused("baths") },
    }),
    wanted: (start) => limited(start, { beds: Number(start.values["beds"]), baths: Number(start.values["baths"]) }),
  }],
});

/** Shows one kind of homes. */
export const types = family({
  name: "types",
  reading: {
    says: /\b(kind|type)\b/i,
    takes: { choice: ["kind #", "type #", "# in"], place: ["in #"] },
    rest: "choice",
  },
  milestones: (wish) => [
    ...filteredIn(wish),
    opened("Home Type", { role: "checkbox", name: "Houses" }),
    cleared(wish),
    made({
      name: "type",
      by: { role: "checkbox", name: wish.choice ?? "" },
      stands: (page) => checkedOf(page).join() === wish.choice,
      says: `only ${wish.choice} are chosen`,
    }),
    applied("Home Type", /^ \(1\)$/),
  ],
  templates: [{
    name: "types", // Home Type, Deselect all, the kind, Apply
    optimum: 4,
    wordings: [
      'Show only homes of the type "{choice}" in "{place}".',
      'Filter the homes in "{place}" to the type "{choice}".',
    ],
    paraphrases: [
      'Just "{choice}" in "{place}", no other kind.',
      'In "{place}" I care for one kind of home only: "{choice}".',
      'Leave out every type but "{choice}" in "{place}".',
    ],
    scene: (draw) => shownPlace(draw, { choice: draw.unused("types") }),
    wanted: (start) => limited(start, { types: [start.values["choice"] as HomeType] }),
  }],
});

/** The kinds that are ticked in the open panel. */
function checkedOf({ elements }: HomesPage): readonly string[] {
  return elements.filter((e) => e.role === "checkbox" && e.states.includes("checked")).map(({ name }) => name);
}

const isTypes = (page: HomesPage): boolean => find(page, { role: "checkbox", name: homeTypes[0] }) !== undefined;

/** No other kind is ticked. */
function cleared({ choice = "" }: HomesWish) {
  const stands = (page: HomesPage): boolean => isTypes(page) && checkedOf(page).every((one) => one === choice);
  return made({ name: "cleared", value: 0.2, by: button("Deselect all"), stands, says: "no other kind is chosen" });
}

const dealOf: Readonly<Record<string, Deal>> = { "For Sale": "sale", "For Rent": "rent", "Sold": "sold" };

/** The status of the goal is chosen. */
function statusIs({ choice }: HomesWish) {
  const by = { role: "radio", name: `Status: ${choice}` };
  const stands = (page: HomesPage): boolean => find(page, by)?.states.includes("checked") === true;
  return made({ name: "status", by, stands, says: `status is ${choice}` });
}

/** Shows homes for rent, or sold ones. */
export const deal = family({
  name: "deal",
  reading: {
    says: /\bstatus\b/i,
    takes: { choice: ["status #", "status to #", "is #"], place: ["in #", "around #"] },
    rest: "choice",
  },
  milestones: (wish) => [
    ...filteredIn(wish),
    opened("Listing status", { role: "radio", name: "Status: For Sale" }),
    statusIs(wish),
    applied("Listing status", exactText(wish.choice ?? "")),
  ],
  templates: [{
    name: "deal", // the status, the choice, Apply
    optimum: 3,
    wordings: [
      'Show the homes in "{place}" with the listing status "{choice}".',
      'Set the listing status of the homes in "{place}" to "{choice}".',
    ],
    paraphrases: [
      'Which homes in "{place}" have the status "{choice}"?',
      'The status I care for in "{place}" is "{choice}".',
      'Let me see what has the status "{choice}" around "{place}".',
    ],
    scene: (draw) => shownPlace(draw, { choice: draw.unused("deals") }),
    wanted: (start) => limited(start, { deal: dealOf[start.values["choice"]!]! }),
  }],
});
