import { deepDiff, differencesById, switchesOff } from "halo-agent/site";
import type { Official } from "halo-agent/site";
import { faults } from "../state/faults.ts";
import type { State } from "../state/state.ts";
import { boughtBetween, officialOrders, slicesOf } from "./slices.ts";
import { earlier } from "./earlier.ts";
import { strict } from "./strict.ts";

/** The shop as the REAL benchmark sees it. */
export const official: Official<State> = {
  section: "omnizon",
  settings: switchesOff(faults),
  differences: (initial, final) => ({ orders: differencesById(officialOrders(initial), officialOrders(final)) }),
  diff: (initial, final) => deepDiff(slicesOf(initial), slicesOf(final)),
  aliases: (initial, final) => ({ orderDetailsDiff: boughtBetween(initial, final) }),
  strict,
  earlier,
};
