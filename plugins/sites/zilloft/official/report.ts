import { clock } from "../state/time.ts";
import {
  type Contact,
  type Details,
  homeTypes,
  type Search,
  type Slot,
  type Tour,
  type ZilloftState,
} from "../state/state.ts";

/** What stands in the report under the number of a thing. */
type Numbered = Readonly<Record<string, object>>;

/** Things by their number, as the hosted site lists them. */
export function numbered(things: readonly object[]): Numbered {
  return Object.fromEntries(things.map((thing, i) => [String(i), thing]));
}

/** A day as the hosted site writes it: its local midnight in UTC. */
const dayOf = ({ date }: Slot): string => clock.instantOf(`${date}T00:00`);

const formOf = ({ name, email, phone, message, wantsFinancing }: Details): object => ({
  name,
  email,
  phone,
  message,
  wantFinancingInformation: wantsFinancing,
});

/** A tour in the hosted site's words. */
export function officialTour(tour: Tour): object {
  return {
    id: tour.id,
    requestTourData: {
      options: tour.slots.map((slot, i) => ({ option: i + 1, date: dayOf(slot), time: slot.time })),
      formValues: formOf(tour),
      shareInfoDetails: { whenToBuy: tour.whenToBuy, exclusiveAgencyAgreement: tour.hasAgency ? "Yes" : "No" },
    },
  };
}

/** A message to an agent in the hosted site's words. */
export function officialContact(contact: Contact): object {
  const { slot } = contact;
  return {
    id: contact.id,
    contactAgentData: {
      formValues: formOf(contact),
      ...(slot && { selectedDate: { date: dayOf(slot), time: slot.time } }),
    },
  };
}

/** The limits that are set, flat: a script takes an object under a key with "bed" for fewer than two bedrooms. */
export function officialFilter({ place, deal, min, max, beds, baths, isExact, types }: Search): object {
  return {
    ...(place !== "" && { searchQuery: place }),
    ...(deal !== "sale" && { listingStatus: deal }),
    ...(min !== null && { minPrice: min }),
    ...(max !== null && { maxPrice: max }),
    ...(beds !== null && { minBeds: beds }),
    ...(baths !== null && { minBaths: baths }),
    ...(isExact && { exactMatch: true }),
    ...(types.length < homeTypes.length && { homeTypes: types }),
  };
}

/** The things of a list that another version of it does not have. */
export function missingIn<T extends { readonly id: string }>(list: readonly T[], other: readonly T[]): readonly T[] {
  const ids = new Set(other.map(({ id }) => id));
  return list.filter(({ id }) => !ids.has(id));
}

/** One kind of things in `differences`. */
export function kind<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
  shown: (one: T) => object,
): object {
  return {
    added: numbered(missingIn(after, before).map(shown)),
    deleted: numbered(missingIn(before, after).map(shown)),
    updated: {},
  };
}

/** What of the two states a report speaks of. */
export type Reported = Pick<ZilloftState, "tours" | "contacts" | "saved" | "search">;
