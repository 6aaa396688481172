import type { Prompt } from "halo-agent";
import { logSoftmax } from "halo-agent/kit";

export type ChoicePrompt = Extract<Prompt, { kind: "choice" }>;

/** Logits of every candidate, shape [candidates]: the sum of its features' weights. */
export function logitsOf(weights: Float64Array, { offsets, index, value }: ChoicePrompt): Float64Array {
  const logits = new Float64Array(offsets.length - 1);
  for (let c = 0; c < logits.length; c++) {
    let sum = 0;
    for (let i = offsets[c]!; i < offsets[c + 1]!; i++) sum += weights[index[i]!]! * value[i]!;
    logits[c] = sum;
  }
  return logits;
}

/** Log-probabilities of every candidate at a temperature, shape [candidates]. */
export function logProbabilities(weights: Float64Array, prompt: ChoicePrompt, temperature = 1): Float64Array {
  return logSoftmax(logitsOf(weights, prompt), temperature);
}

/** Adds `rate` × Σ_c coefficients[c] · features(c) to the weights; returns the squared length of the step per weight touched. */
export function ascend(
  weights: Float64Array,
  { offsets, index, value }: ChoicePrompt,
  step: { readonly coefficients: Float64Array; readonly rate: number },
): number {
  let squared = 0;
  for (let c = 0; c < step.coefficients.length; c++) {
    const scale = step.rate * step.coefficients[c]!;
    if (scale === 0) continue;
    for (let i = offsets[c]!; i < offsets[c + 1]!; i++) {
      const delta = scale * value[i]!;
      weights[index[i]!]! += delta;
      squared += delta * delta;
    }
  }
  return squared;
}
