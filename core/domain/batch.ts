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
  }
  | {
    readonly kind: "imitate";
    readonly group: string;
    readonly prompt: Prompt;
    readonly sample: Sample;
    readonly weight: number;
  };

/** The objective a batch is trained with; normalisers and coefficients travel here. */
export type Loss =
  | {
    /**
     * `dr_grpo`: token sums divided by the constant `max_completion_length` (arXiv 2503.20783);
     * `grpo`: token means per completion (arXiv 2402.03300); `dapo`: token mean over the batch (arXiv 2503.14476).
     */
    readonly kind: "dr_grpo" | "grpo" | "dapo";
    readonly kl_coef: number;
    readonly epsilon_low: number;
    readonly epsilon_high: number;
  }
  | { readonly kind: "dpo"; readonly beta: number; readonly nll_coef: number }
  | { readonly kind: "cross_entropy" };

/** What one trainer update consumes. `seq` counts updates from 1 and makes `update` idempotent. */
export interface Batch {
  readonly seq: number;
  /** Version that sampled every example of this batch. */
  readonly policyVersion: number;
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
  readonly format: "peft" | "linear";
  /** Model the adapter belongs to. */
  readonly base: string;
  readonly version: number;
  /** Absolute folder, written once and never again. */
  readonly dir: string;
  /** sha256 over the folder's files in name order. */
  readonly sha256: string;
}
