import type { Parsed } from "./action.ts";

/** What the policy conditioned on, in the form a trainer can recompute log-probabilities from. */
export type Prompt =
  /** `images` by sha256, in the order of their placeholders in `ids`. */
  | {
    readonly kind: "tokens";
    readonly model: string;
    readonly ids: readonly number[];
    readonly images: readonly string[];
  }
  /** Sparse features per candidate: candidate c owns `index`/`value` from `offsets[c]` to `offsets[c + 1]`; indexes in [0, dims). */
  | {
    readonly kind: "choice";
    readonly dims: number;
    readonly offsets: Int32Array;
    readonly index: Int32Array;
    readonly value: Float32Array;
  }
  | { readonly kind: "none" };

/**
 * What was sampled, as the trainer needs it. Natural-log probabilities under the sampling policy: of a choice at
 * temperature 1, of tokens at the draw's own temperature. `among` names for each token the ids it was chosen among,
 * itself included, over which its log-probability is normalised; without it that is the whole vocabulary.
 */
export type Trace =
  | {
    readonly kind: "tokens";
    readonly ids: readonly number[];
    readonly logprobs: readonly number[];
    readonly among?: readonly (readonly number[])[];
  }
  | { readonly kind: "choice"; readonly index: number; readonly logprob: number }
  | { readonly kind: "none" };

/** One output of a policy. */
export interface Sample {
  /** What the policy said; for built-in policies the action as JSON. */
  readonly text: string;
  readonly parsed: Parsed;
  readonly logprob?: number;
  readonly trace: Trace;
}

export type Mode = "sample" | "distinct" | "greedy";

/** n outputs for one prompt. */
export interface Draw {
  readonly prompt: Prompt;
  readonly samples: readonly Sample[];
  readonly policyVersion: number;
  readonly temperature: number;
}
