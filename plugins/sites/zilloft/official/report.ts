import { without } from "halo-agent/site";
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

/** One kind of things in `differences`, each under its number as the hosted site lists them. */
export function kind<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
  shown: (one: T) => object,
): object {
  return {
    added: { ...without(after, before).map(shown) },
    deleted: { ...without(before, after).map(shown) },
    updated: {},
  };
}

/** What of the two states a report speaks of. */
export type Reported = Pick<ZilloftState, "tours" | "contacts" | "saved" | "search">;
