import { configured } from "halo-agent/site";
import { siteStorage } from "halo-agent/site/app";
import { faults } from "../state/faults.ts";
import { initialState } from "../state/initial.ts";
import type { GoCalendarState } from "../state/state.ts";
import { clock } from "../state/time.ts";

/** What of the calendar outlives a configured page; the faults that the configuration asks for happen. */
export const storage = siteStorage<GoCalendarState>({
  name: "gocalendar",
  start: (config) => configured(initialState({}), { config, faults }),
  timeOf: (state) => clock.instantOf(clock.stampOf(state.clock)),
});
