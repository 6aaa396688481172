import { siteStorage } from "halo-agent/site/app";
import { initialState } from "../state/initial.ts";
import type { ZilloftState } from "../state/state.ts";
import { clock } from "../state/time.ts";

/** What of the site outlives a configured page. */
export const storage = siteStorage<ZilloftState>({
  name: "zilloft",
  start: (config) => ({
    ...initialState({}),
    banner: config?.removePopup === false,
    faults: {
      tour: config?.["error_requesting_tour"] === true,
      contact: config?.["error_contacting_agent"] === true,
      results: config?.["error_loading_homes"] === true,
    },
  }),
  timeOf: (state) => clock.instantOf(clock.stampOf(state.clock)),
});
