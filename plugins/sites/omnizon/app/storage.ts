import { siteStorage } from "halo-agent/site/app";
import { initialState } from "../state/initial.ts";
import type { State } from "../state/state.ts";
import { clock } from "../state/time.ts";

/** What of the shop outlives a configured page. */
export const storage = siteStorage<State>({
  name: "omnizon",
  start: (config) => ({
    ...initialState({}),
    banner: config?.removePopup === false,
    refusesOrders: config?.["error_placing_order"] === true,
  }),
  timeOf: (state) => clock.instantOf(clock.stampOf(state.clock)),
});
