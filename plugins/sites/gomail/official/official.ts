import { deepDiff } from "halo-agent/site";
import type { Official } from "halo-agent/site";
import type { GoMailState } from "../state/state.ts";
import { differences } from "./differences.ts";
import { slicesOf } from "./slices.ts";
import { strict } from "./strict.ts";

/** The mail site as the REAL benchmark sees it. */
export const official: Official<GoMailState> = {
  section: "gomail",
  differences: (initial, final) => ({ emails: differences(initial, final) }),
  diff: (initial, final) => deepDiff(slicesOf(initial), slicesOf(final)),
  strict,
};
