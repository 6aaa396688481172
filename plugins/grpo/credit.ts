import { type Branch, chainsOf, type Decision, type Example, type Group } from "halo-agent";
import { episodeAdvantages, type Gigpo, groupAdvantages, type LossType, stepAdvantages } from "./advantages.ts";

export interface CreditOptions {
  readonly lossType: LossType;
  /** Constant k that replaces an episode's own length under dr_grpo. */
  readonly stepConstant: number;
  readonly gigpo?: Gigpo;
  /** Weight of imitating the steps of a successful episode; 0 = none. */
  readonly pathCredit: number;
}

/**
 * What a group teaches; nothing when its rewards are equal. Weights by `loss_type`, T the steps of the episode:
 *   grpo  1 / (n · T), the mean over an episode   dr_grpo  1 / (n · k), k = step_adv_const_length
 *   bnpo, dapo  1: the trainer divides by all tokens of the group, of the batch
 * A step group's episodes are one step long, so both of the first are 1 / n there.
 */
export function credit(group: Group, o: CreditOptions): readonly Example[] {
  return group.shape === "trajectory" ? creditTrajectories(group, o) : creditSteps(group, o);
}

function creditSteps(group: Group, { lossType, pathCredit }: CreditOptions): readonly Example[] {
  return group.decisions.flatMap((decision) => {
    const { branches, chosen } = decision;
    const n = branches.length;
    const advantages = groupAdvantages(branches.map((b) => b.reward ?? 0), lossType);
    const examples: Example[] = [];
    if (advantages.some((a) => a !== 0)) {
      const weight = isPerToken(lossType) ? 1 : 1 / n;
      examples.push(...branches.map((branch, i): Example => ({
        kind: "advantage",
        ...placed(group, { decision, branch }),
        advantage: advantages[i]!,
        weight,
      })));
    }
    if (pathCredit > 0 && group.succeeded && chosen !== undefined) {
      const branch = branches[chosen]!;
      examples.push({ kind: "imitate", ...placed(group, { decision, branch }), weight: pathCredit / n });
    }
    return examples;
  });
}

function creditTrajectories(group: Group, o: CreditOptions): readonly Example[] {
  const { lossType, gigpo, pathCredit, stepConstant } = o;
  const chains = chainsOf(group);
  const n = chains.length;
  const episode = episodeAdvantages(chains, lossType);
  const step = gigpo && stepAdvantages(chains, { gamma: gigpo.gamma, lossType });
  const advantages = episode.map((chain, i) => chain.map((a, t) => a + (step ? gigpo.omega * step[i]![t]! : 0)));
  const examples: Example[] = [];
  if (advantages.some((chain) => chain.some((a) => a !== 0))) {
    for (const [i, chain] of chains.entries()) {
      const length = lossType === "dr_grpo" ? stepConstant : chain.length;
      const weight = isPerToken(lossType) ? 1 : 1 / (n * length);
      examples.push(...chain.map((at, t): Example => ({
        kind: "advantage",
        ...placed(group, at),
        advantage: advantages[i]![t]!,
        weight,
      })));
    }
  }
  if (pathCredit > 0) {
    const won = chains.filter((chain) => chain.at(-1)!.branch.end?.verdict.success);
    const weight = pathCredit / n;
    examples.push(...won.flat().map((at): Example => ({ kind: "imitate", ...placed(group, at), weight })));
  }
  return examples;
}

interface At {
  readonly decision: Decision;
  readonly branch: Branch;
}

const placed = ({ id }: Group, { decision, branch }: At) => ({
  group: id,
  prompt: decision.prompt,
  sample: branch.sample,
});

const isPerToken = (lossType: LossType): boolean => lossType === "bnpo" || lossType === "dapo";
