import type { StateRules } from "halo-agent/site";
import { homeOf } from "./state/homes.ts";
import type { Contact, Tour, ZilloftState } from "./state/state.ts";
import { searchText } from "./state/text.ts";

const streetOf = ({ home }: Tour | Contact): string => homeOf(home)?.street ?? home;

/** How pages are judged. Where a user looks is his own affair; a request that was begun and not sent fails. */
export const rules: StateRules<ZilloftState> = {
  collections: {
    saved: {
      id: ({ id }) => id,
      name: ({ id }) => `the saved home ${homeOf(id)?.street ?? id}`,
      gone: ({ id }) => `${homeOf(id)?.street ?? id} is no longer saved`,
      extra: ({ id }) => `${homeOf(id)?.street ?? id} was saved as well`,
    },
    searches: { id: ({ id }) => id, name: ({ search }) => `the saved search ${searchText(search)}` },
    tours: {
      id: ({ id }) => id,
      name: (tour) => `the tour of ${streetOf(tour)}`,
      gone: (tour) => `the tour of ${streetOf(tour)} was cancelled`,
      extra: (tour) => `a tour of ${streetOf(tour)} was asked for as well`,
    },
    contacts: {
      id: ({ id }) => id,
      name: (contact) => `the message about ${streetOf(contact)}`,
      extra: (contact) => `a message about ${streetOf(contact)} was sent as well`,
    },
  },
  onScreen: [
    "clock",
    "nextId",
    "view",
    "input",
    "isOffering",
    "shown",
    "panel",
    "menu",
    "photo",
    "form",
    "cancelling",
    "banner",
    "snackbar",
  ],
  changed: { search: "other homes are looked for than was asked", order: "the order of the results was changed" },
  leftover: ({ form }) => form !== null && form.step !== "sent" ? "a request was begun and left open" : undefined,
};
