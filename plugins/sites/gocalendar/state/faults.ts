import type { SiteFaults } from "halo-agent/site";
import { noFaults } from "./initial.ts";
import type { Faults, GoCalendarState } from "./state.ts";

/** What the calendar can be told to let fail. */
export const faults: SiteFaults<GoCalendarState> = {
  switches: Object.keys(noFaults),
  turned(state, isOn) {
    const on = Object.fromEntries(Object.keys(noFaults).map((name) => [name, isOn(name)]));
    return { ...state, faults: on as unknown as Faults };
  },
};
