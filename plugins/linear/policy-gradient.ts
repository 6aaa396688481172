import type { Loss, PolicyLoss } from "halo-agent";
import { exp } from "halo-agent/kit";
import { traceOf } from "./choice.ts";
import { imitate } from "./imitation.ts";
import { type At, type LinearLoss, push } from "./linear-loss.ts";

/** Largest k3 of a sample, nats; beyond it the term is a constant. */
const k3Limit = 10;

/**
 * A policy-gradient loss whose sums are divided by `lengthOf`. With ρ = p_j / p_then_j and v = weight / length it ascends
 *   capped        Σ_j v_j A_j min(cap, ρ_j) · log p_j, the weight held constant once capped
 *   clipped       Σ_j v_j min(ρ_j A_j, clip(ρ_j, 1 − epsilon_low, 1 + epsilon_high) A_j)
 *   − kl_coef ·   k3: Σ_j v_j min(10, exp(d_j) − d_j − 1), d = log q_j − log p_j; the full KL is the objective's
 */
export function policyGradient(lengthOf: (at: At<PolicyLoss>) => number): LinearLoss<PolicyLoss> {
  return {
    imitate,
    advantage({ sample, advantage, weight }, at, sums) {
      const { logps, reference, loss } = at;
      const { index, logprob } = traceOf(sample);
      const v = weight / lengthOf(at);
      const { factor, isClipped } = ratioOf(exp(logps[index]! - logprob), { ...at, advantage });
      const strength = v * advantage * factor;
      sums.share += v;
      sums.objective += strength;
      if (isClipped) sums.clipped++;
      else push(sums, index, strength);
      const kl = klOf(loss);
      if (!reference || kl.coefficient === 0 || kl.estimator !== "k3") return;
      const d = reference[index]! - logps[index]!;
      const k3 = exp(d) - d - 1;
      sums.penalty += kl.coefficient * v * Math.min(k3, k3Limit);
      // d k3 / d log p = 1 − exp(d); without the limit one replayed sample that has become improbable is all the gradient.
      if (k3 < k3Limit) push(sums, index, kl.coefficient * v * (exp(d) - 1));
    },
  };
}

/** What the advantage is multiplied by, and whether the clip has made it a constant. */
function ratioOf(
  ratio: number,
  { advantage, loss, ratioCap }: Pick<At<PolicyLoss>, "loss" | "ratioCap"> & { readonly advantage: number },
): { readonly factor: number; readonly isClipped: boolean } {
  if (ratioCap !== "clip") return { factor: Math.min(ratioCap, ratio), isClipped: false };
  const [low, high] = [1 - loss.epsilon_low, 1 + loss.epsilon_high];
  if (advantage > 0 && ratio > high) return { factor: high, isClipped: true };
  if (advantage < 0 && ratio < low) return { factor: low, isClipped: true };
  return { factor: ratio, isClipped: false };
}

/** Weight and estimator of a loss's KL term. */
export function klOf(loss: Loss): { readonly coefficient: number; readonly estimator: "k3" | "full" } {
  if (!("kl_coef" in loss)) return { coefficient: 0, estimator: "k3" };
  return { coefficient: loss.kl_coef, estimator: loss.kl_estimator ?? "k3" };
}
