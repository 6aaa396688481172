import { configured } from "halo-agent/site";
import { siteStorage } from "halo-agent/site/app";
import { faults } from "../state/faults.ts";
import { initialState } from "../state/initial.ts";
import type { ZilloftState } from "../state/state.ts";
import { clock } from "../state/time.ts";

/** What of the site outlives a configured page. */
export const storage = siteStorage<ZilloftState>({
  name: "zilloft",
  start: (config) => configured(initialState({}), { config, faults }),
  timeOf: (state) => clock.instantOf(clock.stampOf(state.clock)),
});
