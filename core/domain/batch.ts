import type { Prompt, Sample } from "./sample.ts";

/** What credit assignment makes of a group. */
export type Example =
  /** Policy gradient: ascend `weight * advantage * log p(sample | prompt)`. */
  | {
    readonly kind: "advantage";
    readonly group: string;
    readonly prompt: Prompt;
    readonly sample: Sample;
    readonly advantage: number;
    readonly weight: number;
  }
  | {
    readonly kind: "pair";
    readonly group: string;
    readonly prompt: Prompt;
    readonly chosen: Sample;
    readonly rejected: Sample;
    readonly weight: number;
    /**
     * Present in a pair of whole episodes: the steps that each of the two took after `prompt`, where they part. The steps
     * before it are common to both and cancel in the margin, which is a sum over all steps. Only trainers with
     * `episodePairs` learn from such a pair.
     */
    readonly rest?: { readonly chosen: readonly PromptedSample[]; readonly rejected: readonly PromptedSample[] };
  }
  | {
    readonly kind: "imitate";
    readonly group: string;
    readonly prompt: Prompt;
    readonly sample: Sample;
    readonly weight: number;
  };

/** A sample with the prompt it answers. */
export interface PromptedSample {
  readonly prompt: Prompt;
  readonly sample: Sample;
}

/**
 * The objective a batch is trained with; normalisers and coefficients travel here. A trainer has one table entry for each
 * name that it knows (docs/algorithms.md, "A new loss").
 */
export type Loss = PolicyLoss | PreferenceLoss | { readonly kind: "cross_entropy" };

/** Losses of advantages, and of imitated steps beside them. */
export interface PolicyLoss {
  /**
   * What the sum over a completion's tokens is divided by, before the example's weight:
   * `dr_grpo`, the constant `max_completion_length` (arXiv 2503.20783); `grpo`, the completion's own length
   * (arXiv 2402.03300); `dapo`, all tokens of the batch (arXiv 2503.14476); `bnpo`, all tokens of the group at hand.
   */
  readonly kind: "dr_grpo" | "grpo" | "dapo" | "bnpo";
  readonly kl_coef: number;
  /** `k3`, the default: exp(d) − d − 1 with d = log π_ref − log π of each sample; `full`: KL(π ‖ π_ref), where a trainer has it. */
  readonly kl_estimator?: "k3" | "full";
  readonly epsilon_low: number;
  readonly epsilon_high: number;
  /** Tokens; for `dr_grpo` only. Absent: the trainer's own budget, 1 where a completion is one choice. */
  readonly max_completion_length?: number;
}

/** The loss of pairs, and of imitated steps beside them. */
export interface PreferenceLoss {
  readonly kind: "dpo";
  /** Strength of the reference, which is the policy that sampled. */
  readonly beta: number;
  /** Weight of −log p of each winner. */
  readonly nll_coef: number;
}

/** What one trainer update consumes. `seq` counts updates from 1 and makes `update` idempotent. */
export interface Batch {
  readonly seq: number;
  /** Version that sampled every example of this batch. */
  readonly policyVersion: number;
  /** At which its samples were drawn; a trainer of tokens divides logits by it. */
  readonly temperature: number;
  readonly seed: number;
  readonly loss: Loss;
  readonly examples: readonly Example[];
}

export interface UpdateReport {
  readonly seq: number;
  /** Named `area/name`, for example "loss/policy", "kl/mean", "update/l2". */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Weights a trainer published. */
export interface Adapter {
  /** What reads it, for example "peft": policy and trainer must name one. */
  readonly format: string;
  /** Model the adapter belongs to. */
  readonly base: string;
  readonly version: number;
  /** Absolute folder, written once and never again. */
  readonly dir: string;
  /** sha256 over the folder's files in name order. */
  readonly sha256: string;
}
