import type { Loss } from "halo-agent";
import { imitationLoss } from "./imitation-loss.ts";
import type { LoraLoss } from "./lora-loss.ts";
import { policyLoss, policyTokens } from "./policy-loss.ts";
import { preferenceLoss } from "./preference-loss.ts";

/** Every loss that the trainer knows, by name: the place to add another; the sidecar's own is halo_lora/losses.py. */
export const losses: Readonly<Record<Loss["kind"], LoraLoss>> = {
  dr_grpo: policyLoss({
    divisorOf: (_, { loss, max_completion_length, groups }) =>
      (loss.max_completion_length ?? max_completion_length) * groups,
    configOf: ({ max_completion_length }, o) => ({
      max_completion_length: max_completion_length ?? o.max_completion_length,
    }),
  }),
  grpo: policyLoss({ divisorOf: ({ logprobs }, { groups }) => logprobs.length * groups }),
  dapo: policyLoss({
    divisorOf: (_, { sent }) => policyTokens(sent),
    configOf: (_, { policyTokens }) => ({ num_tokens: policyTokens }),
  }),
  bnpo: policyLoss({
    divisorOf: ({ datum }, { sent, groups }) => policyTokens(sent, datum.x_halo.group) * groups,
  }),
  dpo: preferenceLoss,
  cross_entropy: imitationLoss,
};
