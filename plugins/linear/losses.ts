import type { Loss } from "halo-agent";
import { imitate } from "./imitation.ts";
import type { LinearLoss } from "./linear-loss.ts";
import { policyGradient } from "./policy-gradient.ts";
import { preference } from "./preference.ts";

/** Every loss that the linear trainer knows, by name: the one place to add another. A choice is one token long. */
export const losses: Readonly<Record<Loss["kind"], LinearLoss>> = {
  dr_grpo: policyGradient(({ loss }) => loss.max_completion_length ?? 1),
  grpo: policyGradient(() => 1),
  bnpo: policyGradient(({ tokens }) => tokens.group),
  dapo: { ...policyGradient(({ tokens }) => tokens.batch), isBatchMean: true },
  dpo: preference,
  cross_entropy: { imitate },
};
