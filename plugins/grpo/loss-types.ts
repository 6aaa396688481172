export type LossType = "dr_grpo" | "grpo" | "bnpo" | "dapo";

interface LossTypeRow {
  /** Whether advantages are divided by the standard deviation of their group. */
  readonly isScaled: boolean;
  /** Weight of a step in a group of n episodes, its own `steps` long; `constant` is `step_adv_const_length`. */
  readonly weight: (o: { readonly n: number; readonly steps: number; readonly constant: number }) => number;
  /** Default of `kl_coef`. */
  readonly kl: number;
  /** Default of `epsilon_high`; without it, `epsilon_low`. */
  readonly epsilonHigh?: number;
}

/** What a `loss_type` is, but for the trainer's part: how advantages and weights scale, and the paper's coefficients. */
export const lossTypes: Readonly<Record<LossType, LossTypeRow>> = {
  /** Centred only, constants in place of lengths (arXiv 2503.20783). */
  dr_grpo: { isScaled: false, weight: ({ n, constant }) => 1 / (n * constant), kl: 0 },
  /** Means over episode and completion (arXiv 2402.03300). */
  grpo: { isScaled: true, weight: ({ n, steps }) => 1 / (n * steps), kl: 0.001 },
  /** The trainer takes the mean over all tokens of the group. */
  bnpo: { isScaled: true, weight: () => 1, kl: 0 },
  /** The trainer takes the mean over all tokens of the batch (arXiv 2503.14476). */
  dapo: { isScaled: true, weight: () => 1, kl: 0, epsilonHigh: 0.28 },
};
