import { siteStorage } from "halo-agent/site/app";
import { initialState } from "../state/initial.ts";
import type { GoMailState } from "../state/state.ts";
import { clock, stampOf } from "../state/time.ts";

/** What of the mailbox outlives a configured page. */
export const storage = siteStorage<GoMailState>({
  name: "gomail",
  start: (config) => ({ ...initialState({ mails: [] }), banner: config?.removePopup === false }),
  timeOf: (state) => clock.instantOf(stampOf(state.clock)),
});
