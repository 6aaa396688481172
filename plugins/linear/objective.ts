import type { Example, Loss } from "halo-agent";
import { exp, log1p } from "halo-agent/kit";
import type { ChoicePrompt } from "./model.ts";

export interface ObjectiveOptions {
  /** Largest importance ratio pi_now / pi_then. */
  readonly ratioCap: number;
  /** Weight of the entropy bonus. */
  readonly entropy: number;
}

/** What one step of gradient ascent needs, and what was measured on the way. */
export interface Gradient {
  /** d objective / d logit, shape [candidates]. */
  readonly coefficients: Float64Array;
  readonly objective: number;
  readonly entropy: number;
  /** Exact KL(pi ‖ reference) over the candidates, nats. */
  readonly kl: number;
}

/**
 * Gradient of one prompt's objective with respect to its logits. With p = softmax(logits):
 *   policy gradient  Σ_j w_j A_j min(cap, p_j / p_then_j) · log p_j      (dr_grpo and grpo differ in A and length only, and a
 *                                                                        choice is one token long)
 *   imitation        Σ_j w_j log p_j
 *   pair             w · log σ(β · margin) + nll_coef · w · log p_chosen, margin against the stored log-probabilities (DPO,
 *                    arXiv 2305.18290; the reference as in Agent Q, arXiv 2408.07199)
 *   + entropy · H(p) − kl_coef · KL(p ‖ reference)
 */
export function gradientOf(
  examples: readonly Example[],
  at: { readonly logps: Float64Array; readonly reference: Float64Array | undefined; readonly loss: Loss },
  o: ObjectiveOptions,
): Gradient {
  const { logps, reference, loss } = at;
  const n = logps.length;
  const p = logps.map((l) => exp(l));
  const coefficients = new Float64Array(n);
  let total = 0;
  let objective = 0;
  const push = (index: number, c: number) => {
    coefficients[index]! += c;
    total += c;
  };
  for (const e of examples) {
    if (e.kind === "pair") {
      const [chosen, rejected] = [traceOf(e.chosen), traceOf(e.rejected)];
      const { beta, nll_coef } = loss.kind === "dpo" ? loss : { beta: 0.1, nll_coef: 0 };
      const margin = beta * (logps[chosen.index]! - chosen.logprob - (logps[rejected.index]! - rejected.logprob));
      const slope = beta * sigmoid(-margin) * e.weight;
      push(chosen.index, slope + nll_coef * e.weight);
      push(rejected.index, -slope);
      objective += e.weight * (-softplus(-margin) + nll_coef * logps[chosen.index]!);
      continue;
    }
    const { index, logprob } = traceOf(e.sample);
    const strength = e.kind === "imitate"
      ? e.weight
      : e.weight * e.advantage * Math.min(o.ratioCap, exp(logps[index]! - logprob));
    push(index, strength);
    objective += e.kind === "imitate" ? strength * logps[index]! : strength;
  }
  let entropy = 0;
  let kl = 0;
  for (let c = 0; c < n; c++) {
    entropy -= p[c]! * logps[c]!;
    if (reference) kl += p[c]! * (logps[c]! - reference[c]!);
  }
  const klCoef = "kl_coef" in loss ? loss.kl_coef : 0;
  for (let c = 0; c < n; c++) {
    coefficients[c]! -= total * p[c]!;
    if (o.entropy > 0) coefficients[c]! -= o.entropy * p[c]! * (logps[c]! + entropy);
    if (reference && klCoef > 0) coefficients[c]! -= klCoef * p[c]! * (logps[c]! - reference[c]! - kl);
  }
  return { coefficients, objective, entropy, kl };
}

/** The one prompt of a group's examples. */
export function promptOf(examples: readonly Example[]): ChoicePrompt {
  const { prompt } = examples[0]!;
  if (prompt.kind !== "choice") throw new TypeError(`the linear trainer learns from choices, got ${prompt.kind}`);
  return prompt;
}

function traceOf(
  { trace }: { readonly trace: { readonly kind: string } },
): { readonly index: number; readonly logprob: number } {
  if (!isChoice(trace)) throw new TypeError(`the linear trainer learns from choices, got ${trace.kind}`);
  return trace;
}

function isChoice(
  trace: { readonly kind: string },
): trace is { readonly kind: "choice"; readonly index: number; readonly logprob: number } {
  return trace.kind === "choice";
}

const sigmoid = (x: number): number => x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x));
const softplus = (x: number): number => x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
