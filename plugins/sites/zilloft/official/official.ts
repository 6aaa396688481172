import { type Official, same, switchesOff, without } from "halo-agent/site";
import { faults } from "../state/faults.ts";
import type { ZilloftState } from "../state/state.ts";
import { clock } from "../state/time.ts";
import { kind, officialContact, officialFilter, officialTour, type Reported } from "./report.ts";
import { earlier } from "./earlier.ts";
import { strict } from "./strict.ts";

/** The site as the REAL benchmark sees it. */
export const official: Official<ZilloftState> = {
  section: "zilloft",
  settings: {
    // A script takes the first day of the report for today: it stands here, in front of the days of tours.
    currentDate: clock.instantOf(clock.stampOf(0)),
    ...switchesOff(faults),
  },
  differences: (initial, final) => ({
    requestTours: kind(initial.tours, final.tours, officialTour),
    contactAgents: kind(initial.contacts, final.contacts, officialContact),
    savedHomes: kind(initial.saved, final.saved, ({ id }) => ({ id })),
  }),
  diff: (initial, final) => ({
    added: { tourRequests: requestsOf(initial, final) },
    deleted: {},
    updated: same(initial.search, final.search) ? {} : { filter: officialFilter(final.search) },
  }),
  strict,
  earlier,
};

function requestsOf(initial: Reported, final: Reported): object {
  return {
    requestTourList: { ...without(final.tours, initial.tours).map(officialTour) },
    contactAgentList: { ...without(final.contacts, initial.contacts).map(officialContact) },
  };
}
