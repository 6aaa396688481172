import type { SiteFaults } from "halo-agent/site";
import type { GoMailState } from "./state.ts";

/** What the mailbox can be told to let fail; the original has no such switch. */
export const faults: SiteFaults<GoMailState> = {
  switches: ["error_sending_mail"],
  turned: (state, isOn) => isOn("error_sending_mail") ? { ...state, refusesMail: true } : state,
};

/** What the page says when a mail is refused. */
export const refusal = "The message could not be sent. Try again later.";
