import type { Batch } from "halo-agent";
import type { Measured, Slope } from "./lora-loss.ts";
import { losses } from "./losses.ts";

/**
 * The batch's loss and its slope at the server's log-probabilities, for servers that know none of halo's losses. Throws
 * HALO_LORA_SERVER where a loss needs more than log-probabilities.
 */
export function slopeOf({ loss, examples }: Batch, o: Omit<Measured, "groups">): Slope {
  return losses[loss.kind].slopeOf(loss, { ...o, groups: new Set(examples.map((e) => e.group)).size });
}
