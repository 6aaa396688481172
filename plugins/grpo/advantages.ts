import type { ChainStep } from "halo-agent";
import { roundPayment } from "halo-agent/kit";
import { type LossType, lossTypes } from "./loss-types.ts";

/**
 * Advantages of one group, shape [n]: r − mean for `dr_grpo`, (r − mean) / (std + 1e-4) with the sample deviation (n − 1)
 * otherwise. All zero when the rewards are equal.
 */
export function groupAdvantages(rewards: readonly number[], lossType: LossType): readonly number[] {
  const n = rewards.length;
  if (rewards.every((r) => r === rewards[0])) return rewards.map(() => 0);
  const mean = rewards.reduce((sum, r) => sum + r, 0) / n;
  const centred = rewards.map((r) => r - mean);
  if (!lossTypes[lossType].isScaled) return centred;
  const std = Math.sqrt(centred.reduce((sum, c) => sum + c * c, 0) / (n - 1));
  return centred.map((c) => c / (std + 1e-4));
}

/**
 * The step term of GiGPO (arXiv 2505.10978), shape [chain][step]: steps of all episodes that stood in the same state form
 * a group of their own, their rewards are the discounted returns-to-go R_t = r_t + gamma · R_{t+1}. A state met once
 * says nothing: 0.
 */
export function stepAdvantages(
  chains: readonly (readonly ChainStep[])[],
  { gamma, lossType }: { readonly gamma: number; readonly lossType: LossType },
): readonly (readonly number[])[] {
  const visits = chains.flatMap((chain, i) => {
    const returns = returnsToGo(chain, gamma);
    return chain.map(({ decision }, t) => ({ i, t, state: decision.stateKey, reward: returns[t]! }));
  });
  const advantages = chains.map((chain) => chain.map(() => 0));
  for (const met of Map.groupBy(visits, ({ state }) => state).values()) {
    const among = groupAdvantages(met.map(({ reward }) => reward), lossType);
    for (const [k, { i, t }] of met.entries()) advantages[i]![t] = among[k]!;
  }
  return advantages;
}

/** Rounded as `returnOf` is, so that equal payments are equal however they were added up. */
function returnsToGo(chain: readonly ChainStep[], gamma: number): readonly number[] {
  const returns = chain.map(() => 0);
  for (let t = chain.length - 1, next = 0; t >= 0; t--) {
    next = (chain[t]!.branch.reward ?? 0) + gamma * next;
    returns[t] = roundPayment(next);
  }
  return returns;
}
