import type { Batch } from "halo-agent";
import { losses } from "./losses.ts";
import type { LoraOptions } from "./options.ts";

/** A loss as the sidecar takes it. */
export interface WireLoss {
  readonly loss_fn: string;
  readonly loss_fn_config: Readonly<Record<string, unknown>>;
}

/**
 * The batch's loss with the trainer's own options. What its sums are divided by is counted over the whole batch, so that
 * it may be sent in parts.
 */
export function lossOf({ loss, examples }: Batch, o: LoraOptions): WireLoss {
  const num_groups = new Set(examples.map((e) => e.group)).size;
  const policyTokens = examples.reduce((sum, e) => sum + (e.kind === "advantage" ? lengthOf(e.sample) : 0), 0);
  return {
    loss_fn: loss.kind,
    loss_fn_config: { ...losses[loss.kind].configOf(loss, { ...o, policyTokens }), num_groups },
  };
}

const lengthOf = ({ trace }: { readonly trace: { readonly kind: string; readonly ids?: readonly number[] } }): number =>
  trace.ids?.length ?? 0;

/** The optimiser's settings for the update that leads to version `seq`. */
export function adamOf(
  { learning_rate, warmup_steps, betas, eps, weight_decay, grad_clip_norm }: LoraOptions,
  seq: number,
) {
  const [beta1, beta2] = betas;
  const rate = learning_rate * Math.min(1, seq / Math.max(1, warmup_steps));
  return { learning_rate: rate, beta1, beta2, eps, weight_decay, grad_clip_norm };
}
