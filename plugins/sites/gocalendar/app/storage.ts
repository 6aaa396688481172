import { siteStorage } from "halo-agent/site/app";
import { initialState, noFaults } from "../state/initial.ts";
import type { Faults, GoCalendarState } from "../state/state.ts";
import { clock } from "../state/time.ts";

/** What of the calendar outlives a configured page; the faults that the configuration asks for happen. */
export const storage = siteStorage<GoCalendarState>({
  name: "gocalendar",
  start(config) {
    const faults = Object.fromEntries(
      Object.keys(noFaults).map((name) => [name, config?.[name] === true]),
    ) as unknown as Faults;
    return { ...initialState({}), banner: config?.removePopup === false, faults };
  },
  timeOf: (state) => clock.instantOf(clock.stampOf(state.clock)),
});
