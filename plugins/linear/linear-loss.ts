import type { Example, Loss } from "halo-agent";

/** What the linear trainer must know of a loss: how each kind of example enters the gradient of its prompt. */
export interface LinearLoss<L extends Loss = Loss> {
  advantage?(example: ExampleOf<"advantage">, at: At<L>, sums: Sums): void;
  imitate?(example: ExampleOf<"imitate">, at: At<L>, sums: Sums): void;
  pair?(example: ExampleOf<"pair">, at: At<L>, sums: Sums): void;
  /** A pair of whole episodes, as one example a step that the kinds above can take. */
  episodePair?(example: ExampleOf<"pair">, weights: Float64Array, loss: L): Unrolled;
  /** True when `advantage` divides by the batch's tokens: its groups are then summed, not averaged. */
  readonly isBatchMean?: boolean;
}

/** Losses by name. */
export type LossTable = Readonly<Record<string, LinearLoss>>;

export type ExampleOf<K extends Example["kind"]> = Extract<Example, { readonly kind: K }>;

/** Where a gradient is taken: one prompt, the policy's and the reference's log-probabilities of its candidates. */
export interface At<L extends Loss = Loss> {
  readonly logps: Float64Array;
  /** Absent when the loss has no KL. */
  readonly reference: Float64Array | undefined;
  readonly loss: L;
  /** Largest importance ratio pi_now / pi_then; "clip": the loss's own epsilon_low and epsilon_high bound it. */
  readonly ratioCap: number | "clip";
  /** Tokens of the batch and of the group that the policy gradient is over; a choice is one token. */
  readonly tokens: { readonly batch: number; readonly group: number };
}

/** What the examples of one prompt add up to. `push` is how a loss adds d objective / d log p of a candidate. */
export interface Sums {
  /** d objective / d log p, shape [candidates]. */
  readonly coefficients: Float64Array;
  /** Sum of all that was pushed. */
  pushed: number;
  /** The policy term, ascended. */
  objective: number;
  /** What is subtracted from it: the KL. */
  penalty: number;
  /** Samples whose gradient a clip removed. */
  clipped: number;
  /** Share of the prompt in the mean that the policy term is; entropy and full KL are means of the same kind. */
  share: number;
}

/** A pair of whole episodes at given weights: each step as one example that has its gradient, and what is ascended. */
export interface Unrolled {
  readonly parts: readonly (readonly Example[])[];
  readonly objective: number;
}

/** Adds to the gradient with respect to the log-probability of one candidate. */
export function push(sums: Sums, candidate: number, slope: number): void {
  sums.coefficients[candidate]! += slope;
  sums.pushed += slope;
}
