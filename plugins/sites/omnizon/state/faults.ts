import type { SiteFaults } from "halo-agent/site";
import type { State } from "./state.ts";

/** What the shop can be told to let fail. */
export const faults: SiteFaults<State> = {
  switches: ["error_placing_order"],
  turned: (state, isOn) => ({ ...state, refusesOrders: isOn("error_placing_order") }),
};
