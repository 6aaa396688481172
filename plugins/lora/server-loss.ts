import { HaloError } from "halo-agent";
import type { LoraOptions } from "./options.ts";
import type { TokenInputs } from "./tinker-datum.ts";

/** A loss of Tinker's API whose gradient is that of halo's, with its inputs for each datum. */
export interface ServerLoss {
  readonly loss_fn: "cross_entropy" | "importance_sampling";
  readonly inputs: readonly TokenInputs[];
}

/**
 * The loss whose slope at each token is `slopes`, on a server that sums or on one that divides a datum's loss by the sum
 * of its weights and the gradient by the number of data. There weights must be positive, so advantages carry the slope;
 * at the log-probabilities just measured their ratio is 1.
 */
export function serverLossOf(
  slopes: readonly (readonly number[])[],
  { server_loss, logprobs }: Pick<LoraOptions, "server_loss"> & { readonly logprobs: readonly (readonly number[])[] },
): ServerLoss {
  if (server_loss !== "mean") {
    return { loss_fn: "cross_entropy", inputs: slopes.map((row) => ({ weights: row.map((slope) => -slope) })) };
  }
  const inputs = slopes.map((row, i) => ({
    weights: row.map(() => 1),
    advantages: row.map((slope) => -slope * row.length * slopes.length),
    logprobs: logprobs[i]!,
  }));
  return { loss_fn: "importance_sampling", inputs };
}

/**
 * Throws HALO_LORA_SERVER where what a server tells of a pass is not what `server_loss` says. One that sums names a
 * `loss:sum`; from one that names none nothing follows.
 */
export function checkTold(
  metrics: Readonly<Record<string, number>> | null | undefined,
  { server_loss, url }: Pick<LoraOptions, "server_loss"> & { readonly url: string },
): void {
  const sums = Object.keys(metrics ?? {}).find((name) => /loss:sum$/.test(name));
  if (sums === undefined ? server_loss !== undefined : server_loss !== "mean") return;
  throw new HaloError(
    "HALO_LORA_SERVER",
    `${url} ${sums === undefined ? "does not say whether its losses are sums" : `says ${sums}, server_loss says mean`}`,
    {
      hint: "set trainer.options.server_loss: mean for SkyRL's JAX backend, sum for a server that adds up all tokens",
      option: "server_loss",
    },
  );
}
