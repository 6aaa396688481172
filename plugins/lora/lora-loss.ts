import type { Loss } from "halo-agent";
import type { Sent } from "./datums.ts";
import type { LoraOptions } from "./options.ts";

/** What the trainer must know of a loss: what halo's sidecar is told, and its slope for servers without halo's losses. */
export interface LoraLoss<L extends Loss = Loss> {
  /** The sidecar's `loss_fn_config`, but for the number of groups. `policyTokens` counts those of advantages. */
  configOf(loss: L, o: LoraOptions & { readonly policyTokens: number }): Readonly<Record<string, unknown>>;
  /**
   * The loss as the sidecar defines it (halo_lora/losses.py), differentiated by hand. Throws HALO_LORA_SERVER where it
   * needs more than log-probabilities.
   */
  slopeOf(loss: L, measured: Measured): Slope;
}

/** A batch on its way to a server, with what the server measured before the step. */
export interface Measured extends Pick<LoraOptions, "importance" | "dpo" | "max_completion_length"> {
  readonly sent: readonly Sent[];
  /** The server's log-probabilities, [datum][token]. */
  readonly logprobs: readonly (readonly number[])[];
  /** Groups of the batch. */
  readonly groups: number;
}

/** A loss and its slope, at log-probabilities that a server measured. */
export interface Slope {
  /** Sum over the batch. */
  readonly loss: number;
  /** d loss / d log p of each token, a row a datum. */
  readonly slopes: readonly (readonly number[])[];
}
