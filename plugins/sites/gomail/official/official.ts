import { deepDiff, differencesById } from "halo-agent/site";
import type { Official } from "halo-agent/site";
import type { GoMailState } from "../state/state.ts";
import { earlier } from "./earlier.ts";
import { officialMails } from "./mail.ts";
import { slicesOf } from "./slices.ts";
import { strict } from "./strict.ts";

/** The mail site as the REAL benchmark sees it. */
export const official: Official<GoMailState> = {
  section: "gomail",
  differences: (initial, final) => ({
    // A mail that is snoozed counts as deleted as well as updated, because the hosted site takes it off its list: that
    // is where the script of v2.gomail-21 looks for the mails that had to be snoozed.
    emails: differencesById(officialMails(initial), officialMails(final), (was, is) => !was.snoozed && !!is.snoozed),
  }),
  diff: (initial, final) => deepDiff(slicesOf(initial), slicesOf(final)),
  strict,
  earlier,
};
