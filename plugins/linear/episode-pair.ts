import type { Example, Loss, Sample } from "halo-agent";
import { exp, log1p } from "halo-agent/kit";
import { logProbabilities } from "./model.ts";
import { promptOf, traceOf } from "./objective.ts";

export type Pair = Extract<Example, { readonly kind: "pair" }>;

/** True for a pair that has further steps to compare. */
export const isEpisodePair = (e: Example): e is Pair => e.kind === "pair" && e.rest !== undefined;

/** A pair of whole episodes at given weights: each step as one example that has its gradient, and what is ascended. */
export interface Unrolled {
  readonly parts: readonly (readonly Example[])[];
  readonly objective: number;
}

/**
 * DPO over whole episodes (arXiv 2305.18290 summed over steps): w · log σ(β · margin) + nll_coef · w · Σ log p of the
 * chosen steps, margin = Σ chosen (log p − log p_then) − Σ rejected (log p − log p_then). Every step ascends
 * ± w · β · σ(−β · margin) · log p.
 */
export function unroll(
  { group, weight, prompt, chosen, rejected, rest }: Pair,
  weights: Float64Array,
  loss: Loss,
): Unrolled {
  const { beta, nll_coef } = loss.kind === "dpo" ? loss : { beta: 0.1, nll_coef: 0 };
  const logp = (at: { readonly prompt: Pair["prompt"]; readonly sample: Sample }) => {
    const { index, logprob } = traceOf(at.sample);
    const now = logProbabilities(weights, promptOf([{ kind: "imitate", group, weight, ...at }]))[index]!;
    return { ...at, now, moved: now - logprob };
  };
  const won = [{ prompt, sample: chosen }, ...rest?.chosen ?? []].map(logp);
  const lost = [{ prompt, sample: rejected }, ...rest?.rejected ?? []].map(logp);
  const sum = (steps: readonly { readonly moved: number }[]) => steps.reduce((total, { moved }) => total + moved, 0);
  const margin = beta * (sum(won) - sum(lost));
  const slope = weight * beta / (1 + exp(margin));
  const nll = nll_coef * weight;
  const step = (at: (typeof won)[number], weight: number): readonly Example[] => [
    { kind: "imitate", group, prompt: at.prompt, sample: at.sample, weight },
  ];
  return {
    parts: [...won.map((at) => step(at, slope + nll)), ...lost.map((at) => step(at, -slope))],
    objective: -weight * softplus(-margin) + nll * won.reduce((total, { now }) => total + now, 0),
  };
}

const softplus = (x: number): number => x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
