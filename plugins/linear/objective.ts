import { type Example, HaloError } from "halo-agent";
import { exp } from "halo-agent/kit";
import type { At, LossTable, Sums } from "./linear-loss.ts";
import { losses as known } from "./losses.ts";
import { klOf } from "./policy-gradient.ts";

/** What one step of gradient ascent needs, and what was measured on the way. */
export interface Gradient {
  /** d total / d logit, shape [candidates]. */
  readonly coefficients: Float64Array;
  /** The policy term alone. */
  readonly objective: number;
  /** All that is ascended: policy term, entropy bonus and KL. */
  readonly total: number;
  readonly entropy: number;
  /** Exact KL(pi ‖ reference) over the candidates, nats. */
  readonly kl: number;
  /** Samples whose gradient the clip removed. */
  readonly clipped: number;
}

export interface ObjectiveOptions extends Pick<At, "ratioCap"> {
  /** Weight of the entropy bonus. */
  readonly entropy: number;
  /** Tokens that the loss may be averaged over; one of each when absent. */
  readonly tokens?: At["tokens"];
  /** The losses by name; those of losses.ts when absent. */
  readonly losses?: LossTable;
}

/**
 * Gradient of one prompt's objective with respect to its logits. With p = softmax(logits) and q the reference:
 *   what the loss gives for each example (policy-gradient.ts, preference.ts, imitation.ts)
 *   + entropy · H(p) · share
 *   − kl_coef · KL(p ‖ q) · share, when the loss asks for the full KL
 * share is Σ_j v_j of the policy-gradient examples, so that bonus and KL are weighted as the samples are; 1 without any.
 */
export function gradientOf(
  examples: readonly Example[],
  { logps, reference, loss }: Pick<At, "logps" | "reference" | "loss">,
  { entropy: bonusWeight, ratioCap, tokens = { batch: 1, group: 1 }, losses = known }: ObjectiveOptions,
): Gradient {
  const n = logps.length;
  const p = logps.map((l) => exp(l));
  const sums: Sums = { coefficients: new Float64Array(n), pushed: 0, objective: 0, penalty: 0, clipped: 0, share: 0 };
  const at = { logps, reference, loss, ratioCap, tokens };
  for (const example of examples) add(example, { at, losses }, sums);
  const share = examples.some((e) => e.kind === "advantage") ? sums.share : 1;
  const { coefficients, pushed } = sums;
  let entropy = 0;
  let kl = 0;
  for (let c = 0; c < n; c++) {
    entropy -= p[c]! * logps[c]!;
    if (reference) kl += p[c]! * (logps[c]! - reference[c]!);
  }
  const bonus = bonusWeight * share;
  const pull = reference && klOf(loss).estimator === "full" ? klOf(loss).coefficient * share : 0;
  for (let c = 0; c < n; c++) {
    coefficients[c]! -= pushed * p[c]!;
    if (bonus > 0) coefficients[c]! -= bonus * p[c]! * (logps[c]! + entropy);
    if (reference && pull > 0) coefficients[c]! -= pull * p[c]! * (logps[c]! - reference[c]! - kl);
  }
  const total = sums.objective - sums.penalty + bonus * entropy - pull * kl;
  return { coefficients, objective: sums.objective, total, entropy, kl, clipped: sums.clipped };
}

/** Adds an example as the loss of its batch says. Throws HALO_MATCH_LOSS for a kind of example that the loss has no use for. */
function add(example: Example, { at, losses }: { readonly at: At; readonly losses: LossTable }, sums: Sums): void {
  const loss = losses[at.loss.kind];
  if (example.kind === "advantage" && loss?.advantage) loss.advantage(example, at, sums);
  else if (example.kind === "imitate" && loss?.imitate) loss.imitate(example, at, sums);
  else if (example.kind === "pair" && loss?.pair) loss.pair(example, at, sums);
  else {
    const message = `the loss ${at.loss.kind} says nothing about examples of kind "${example.kind}"`;
    throw new HaloError("HALO_MATCH_LOSS", message, {
      hint: "name another loss in the algorithm, or make other examples in its credit",
    });
  }
}
