import { chainsOf, type ChainStep, type Example, type Group, returnOf } from "halo-agent";
import { groupAdvantages, stepAdvantages } from "./advantages.ts";
import { type LossType, lossTypes } from "./loss-types.ts";

export interface CreditOptions {
  readonly lossType: LossType;
  /** Stands for an episode's length under dr_grpo. */
  readonly constant: number;
  /** Weight of the step term and discount of its returns-to-go. */
  readonly gigpo: { readonly omega: number; readonly gamma: number } | undefined;
  /** Weight of imitating the steps of a successful episode; 0 = none. */
  readonly pathCredit: number;
}

type Chain = readonly ChainStep[];

/**
 * What a group teaches: every step of an episode gets the advantage of its return; nothing when all returns are equal. In
 * a step group each branch is an episode of one step, and what stands for its length is 1.
 */
export function credit(group: Group, { lossType, constant, gigpo, pathCredit }: CreditOptions): readonly Example[] {
  const isStep = group.shape === "step";
  const chains = chainsOf(group);
  const n = chains.length;
  const advantages = advantagesOf(chains, { isStep, lossType, gigpo });
  const examples: Example[] = [];
  if (advantages.flat().some((a) => a !== 0)) {
    for (const [i, chain] of chains.entries()) {
      const weight = lossTypes[lossType].weight({ n, steps: chain.length, constant: isStep ? 1 : constant });
      for (const [t, step] of chain.entries()) {
        examples.push({ kind: "advantage", ...exampleAt(group, step), advantage: advantages[i]![t]!, weight });
      }
    }
  }
  const isWon = (chain: Chain, i: number) =>
    isStep ? group.succeeded && i === group.decisions[0]!.chosen : chain.at(-1)!.branch.end?.verdict.success;
  for (const step of pathCredit > 0 ? chains.filter(isWon).flat() : []) {
    examples.push({ kind: "imitate", ...exampleAt(group, step), weight: pathCredit / n });
  }
  return examples;
}

/** Advantages, shape [chain][step]: of the episode's return, with `gigpo` plus omega times that of the step. */
function advantagesOf(
  chains: readonly Chain[],
  { isStep, lossType, gigpo }: Pick<CreditOptions, "lossType" | "gigpo"> & { readonly isStep: boolean },
): readonly (readonly number[])[] {
  const returns = chains.map((chain) => isStep ? chain[0]!.branch.reward ?? 0 : returnOf(chain));
  const ofEpisode = groupAdvantages(returns, lossType);
  const ofStep = gigpo && stepAdvantages(chains, { gamma: gigpo.gamma, lossType });
  return chains.map((chain, i) => chain.map((_, t) => ofEpisode[i]! + (ofStep ? gigpo.omega * ofStep[i]![t]! : 0)));
}

const exampleAt = ({ id }: Group, { decision, branch }: ChainStep) => ({
  group: id,
  prompt: decision.prompt,
  sample: branch.sample,
});
