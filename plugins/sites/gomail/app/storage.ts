import { configured } from "halo-agent/site";
import { siteStorage } from "halo-agent/site/app";
import { faults } from "../state/faults.ts";
import { initialState } from "../state/initial.ts";
import type { GoMailState } from "../state/state.ts";
import { clock, stampOf } from "../state/time.ts";

/** What of the mailbox outlives a configured page. */
export const storage = siteStorage<GoMailState>({
  name: "gomail",
  start: (config) => configured(initialState({ mails: [] }), { config, faults }),
  timeOf: (state) => clock.instantOf(stampOf(state.clock)),
});
