import type { SiteFaults } from "halo-agent/site";
import type { ZilloftState } from "./state.ts";

/** What the site can be told to let fail. */
export const faults: SiteFaults<ZilloftState> = {
  switches: ["error_requesting_tour", "error_contacting_agent", "error_loading_homes"],
  turned: (state, isOn) => ({
    ...state,
    faults: {
      tour: isOn("error_requesting_tour"),
      contact: isOn("error_contacting_agent"),
      results: isOn("error_loading_homes"),
    },
  }),
};
