import type { Example, Loss } from "halo-agent";
import { exp, log1p } from "halo-agent/kit";
import type { ChoicePrompt } from "./model.ts";

export interface ObjectiveOptions {
  /** Largest importance ratio pi_now / pi_then; "clip": the loss's own epsilon_low and epsilon_high bound it. */
  readonly ratioCap: number | "clip";
  /** Weight of the entropy bonus. */
  readonly entropy: number;
  /** Tokens the loss is averaged over: of the batch for `dapo`, of the group for `bnpo`; a choice is one token. */
  readonly tokens?: number;
}

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

interface At {
  readonly logps: Float64Array;
  readonly reference: Float64Array | undefined;
  readonly loss: Loss;
}

/** Largest k3 of a sample, nats; beyond it the term is a constant. */
const k3Limit = 10;

/** Collects d total / d log p of single candidates. */
interface Sums {
  readonly coefficients: Float64Array;
  /** Sum of all that was pushed. */
  pushed: number;
  objective: number;
  penalty: number;
  clipped: number;
  /** Share of the prompt in the mean that the policy term is; entropy and full KL are means of the same kind. */
  share: number;
}

/**
 * Gradient of one prompt's objective with respect to its logits. With p = softmax(logits), ρ = p_j / p_then_j and
 * v = weight / length, the length being 1 (grpo: a choice is one token long), `max_completion_length` (dr_grpo) or
 * `tokens` (bnpo, dapo):
 *   policy gradient  Σ_j v_j A_j min(cap, ρ_j) · log p_j, the weight held constant once capped
 *   … clipped        Σ_j v_j min(ρ_j A_j, clip(ρ_j, 1 − epsilon_low, 1 + epsilon_high) A_j)
 *   − kl_coef · KL   k3: Σ_j v_j min(10, exp(d_j) − d_j − 1), d = log q_j − log p_j; full: Σ_j v_j · KL(p ‖ q)
 *   + entropy · H(p) · Σ_j v_j
 *   imitation        Σ_j w_j log p_j
 *   pair             w · log σ(β · margin) + nll_coef · w · log p_chosen, margin against the stored log-probabilities (DPO,
 *                    arXiv 2305.18290; the reference as in Agent Q, arXiv 2408.07199)
 */
export function gradientOf(examples: readonly Example[], at: At, o: ObjectiveOptions): Gradient {
  const { logps, reference, loss } = at;
  const n = logps.length;
  const p = logps.map((l) => exp(l));
  const sums: Sums = {
    coefficients: new Float64Array(n),
    pushed: 0,
    objective: 0,
    penalty: 0,
    clipped: 0,
    share: 0,
  };
  for (const e of examples) {
    if (e.kind === "pair") addPair(e, at, sums);
    else if (e.kind === "imitate") addImitation(e, at, sums);
    else addAdvantage(e, { ...at, options: o }, sums);
  }
  const share = examples.some((e) => e.kind === "advantage") ? sums.share : 1;
  const { coefficients, pushed } = sums;
  let entropy = 0;
  let kl = 0;
  for (let c = 0; c < n; c++) {
    entropy -= p[c]! * logps[c]!;
    if (reference) kl += p[c]! * (logps[c]! - reference[c]!);
  }
  const bonus = o.entropy * share;
  const pull = reference && klOf(loss).estimator === "full" ? klOf(loss).coefficient * share : 0;
  for (let c = 0; c < n; c++) {
    coefficients[c]! -= pushed * p[c]!;
    if (bonus > 0) coefficients[c]! -= bonus * p[c]! * (logps[c]! + entropy);
    if (reference && pull > 0) coefficients[c]! -= pull * p[c]! * (logps[c]! - reference[c]! - kl);
  }
  const total = sums.objective - sums.penalty + bonus * entropy - pull * kl;
  return { coefficients, objective: sums.objective, total, entropy, kl, clipped: sums.clipped };
}

function push(sums: Sums, index: number, c: number): void {
  sums.coefficients[index]! += c;
  sums.pushed += c;
}

type Of<K extends Example["kind"]> = Extract<Example, { readonly kind: K }>;

function addAdvantage(
  e: Of<"advantage">,
  { logps, reference, loss, options }: At & { readonly options: ObjectiveOptions },
  sums: Sums,
): void {
  const { index, logprob } = traceOf(e.sample);
  const v = e.weight / lengthOf(loss, options.tokens);
  const { factor, isClipped } = ratioOf(exp(logps[index]! - logprob), { advantage: e.advantage, loss, options });
  const strength = v * e.advantage * factor;
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
}

/** What the advantage is multiplied by, and whether the clip has made it a constant. */
function ratioOf(
  ratio: number,
  { advantage, loss, options: { ratioCap } }: {
    readonly advantage: number;
    readonly loss: Loss;
    readonly options: ObjectiveOptions;
  },
): { readonly factor: number; readonly isClipped: boolean } {
  if (ratioCap !== "clip") return { factor: Math.min(ratioCap, ratio), isClipped: false };
  if (!("epsilon_low" in loss)) return { factor: ratio, isClipped: false };
  const [low, high] = [1 - loss.epsilon_low, 1 + loss.epsilon_high];
  if (advantage > 0 && ratio > high) return { factor: high, isClipped: true };
  if (advantage < 0 && ratio < low) return { factor: low, isClipped: true };
  return { factor: ratio, isClipped: false };
}

function addImitation(e: Of<"imitate">, { logps }: At, sums: Sums): void {
  const { index } = traceOf(e.sample);
  push(sums, index, e.weight);
  sums.objective += e.weight * logps[index]!;
}

function addPair(e: Of<"pair">, { logps, loss }: At, sums: Sums): void {
  const [chosen, rejected] = [traceOf(e.chosen), traceOf(e.rejected)];
  const { beta, nll_coef } = loss.kind === "dpo" ? loss : { beta: 0.1, nll_coef: 0 };
  const margin = beta * (logps[chosen.index]! - chosen.logprob - (logps[rejected.index]! - rejected.logprob));
  const slope = beta * sigmoid(-margin) * e.weight;
  push(sums, chosen.index, slope + nll_coef * e.weight);
  push(sums, rejected.index, -slope);
  sums.objective += e.weight * (-softplus(-margin) + nll_coef * logps[chosen.index]!);
}

function lengthOf(loss: Loss, tokens = 1): number {
  if (loss.kind === "dr_grpo") return loss.max_completion_length ?? 1;
  return loss.kind === "bnpo" || loss.kind === "dapo" ? tokens : 1;
}

/** Weight and estimator of a loss's KL term. */
export function klOf(loss: Loss): { readonly coefficient: number; readonly estimator: "k3" | "full" } {
  if (!("kl_coef" in loss)) return { coefficient: 0, estimator: "k3" };
  return { coefficient: loss.kl_coef, estimator: loss.kl_estimator ?? "k3" };
}

/** The one prompt of a group's examples. */
export function promptOf(examples: readonly Example[]): ChoicePrompt {
  const { prompt } = examples[0]!;
  if (prompt.kind !== "choice") throw new TypeError(`the linear trainer learns from choices, got ${prompt.kind}`);
  return prompt;
}

/** What the trainer needs of a sample: the candidate chosen and its log-probability then. */
export function traceOf(
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
