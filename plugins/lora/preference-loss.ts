import type { PreferenceLoss } from "halo-agent";
import { imitationOf } from "./imitation-loss.ts";
import type { LoraLoss, Measured, Slope } from "./lora-loss.ts";

/** Step DPO (arXiv 2305.18290, 2408.07199): h = beta · [(lp_c − ref_c) − (lp_r − ref_r)], plus nll_coef · −lp_c. */
export const preferenceLoss: LoraLoss<PreferenceLoss> = {
  configOf: ({ beta, nll_coef }, { dpo }) => ({ beta, nll_coef, ...dpo }),
  slopeOf,
};

function slopeOf({ beta, nll_coef }: PreferenceLoss, { sent, logprobs, groups, dpo }: Measured): Slope {
  const e = dpo.variant === "robust" ? dpo.label_smoothing : 0;
  const slopes = logprobs.map((row) => row.map(() => 0));
  const gain = (j: number) => sum(logprobs[j]!) - sum(sent[j]!.logprobs);
  let total = 0;
  for (const [i, one] of sent.entries()) {
    const { role } = one.datum.x_halo;
    if (role === "imitate") {
      const imitation = imitationOf(one, logprobs[i]!, { groups });
      total += imitation.loss;
      slopes[i] = [...imitation.slopes];
    }
    // A pair is two datums, the chosen first.
    if (role !== "chosen") continue;
    const count = one.weight / groups;
    const h = beta * (gain(i) - gain(i + 1));
    total += count * (((1 - e) * softplus(-h) - e * softplus(h)) / (1 - 2 * e) - nll_coef * sum(logprobs[i]!));
    const slope = count * beta * (-(1 - e) * sigmoid(-h) - e * sigmoid(h)) / (1 - 2 * e);
    slopes[i]!.fill(slope - count * nll_coef);
    slopes[i + 1]!.fill(-slope);
  }
  return { loss: total, slopes };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
