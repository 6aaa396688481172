import type { Example, PreferenceLoss, PromptedSample } from "halo-agent";
import { exp, log1p } from "halo-agent/kit";
import { promptOf, traceOf } from "./choice.ts";
import { imitate } from "./imitation.ts";
import { type At, type ExampleOf, type LinearLoss, push, type Sums, type Unrolled } from "./linear-loss.ts";
import { logProbabilities } from "./model.ts";

export type Pair = ExampleOf<"pair">;

/** True for a pair that has further steps to compare. */
export const isEpisodePair = (e: Example): e is Pair => e.kind === "pair" && e.rest !== undefined;

/**
 * DPO (arXiv 2305.18290) against the stored log-probabilities, as in Agent Q (arXiv 2408.07199):
 * w · log σ(β · margin) + nll_coef · w · log p_chosen, margin = (log p − log p_then) of the chosen − that of the rejected.
 */
export const preference: LinearLoss<PreferenceLoss> = { imitate, pair: addPair, episodePair: unroll };

function addPair(e: Pair, { logps, loss: { beta, nll_coef } }: At<PreferenceLoss>, sums: Sums): void {
  const [chosen, rejected] = [traceOf(e.chosen), traceOf(e.rejected)];
  const margin = beta * (logps[chosen.index]! - chosen.logprob - (logps[rejected.index]! - rejected.logprob));
  const slope = beta * sigmoid(-margin) * e.weight;
  push(sums, chosen.index, slope + nll_coef * e.weight);
  push(sums, rejected.index, -slope);
  sums.objective += e.weight * (-softplus(-margin) + nll_coef * logps[chosen.index]!);
}

/** A step of an episode at given weights. */
interface Step extends PromptedSample {
  /** log p. */
  readonly now: number;
  /** log p − log p_then. */
  readonly moved: number;
}

/**
 * DPO over whole episodes, summed over steps: w · log σ(β · margin) + nll_coef · w · Σ log p of the chosen steps,
 * margin = Σ chosen (log p − log p_then) − Σ rejected (log p − log p_then). Every step ascends
 * ± w · β · σ(−β · margin) · log p.
 */
export function unroll(pair: Pair, weights: Float64Array, { beta, nll_coef }: PreferenceLoss): Unrolled {
  const { group, weight, prompt, rest } = pair;
  const imitated = ({ prompt, sample }: PromptedSample, weight: number): readonly Example[] => [
    { kind: "imitate", group, prompt, sample, weight },
  ];
  const stepOf = (at: PromptedSample): Step => {
    const { index, logprob } = traceOf(at.sample);
    const now = logProbabilities(weights, promptOf(imitated(at, weight)))[index]!;
    return { ...at, now, moved: now - logprob };
  };
  const won = [{ prompt, sample: pair.chosen }, ...rest?.chosen ?? []].map(stepOf);
  const lost = [{ prompt, sample: pair.rejected }, ...rest?.rejected ?? []].map(stepOf);
  const movedBy = (steps: readonly Step[]) => steps.reduce((total, { moved }) => total + moved, 0);
  const margin = beta * (movedBy(won) - movedBy(lost));
  const slope = weight * beta / (1 + exp(margin));
  const nll = nll_coef * weight;
  return {
    parts: [...won.map((step) => imitated(step, slope + nll)), ...lost.map((step) => imitated(step, -slope))],
    objective: -weight * softplus(-margin) + nll * won.reduce((total, { now }) => total + now, 0),
  };
}

const sigmoid = (x: number): number => x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x));
const softplus = (x: number): number => x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
