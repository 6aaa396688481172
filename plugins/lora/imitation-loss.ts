import type { Sent } from "./datums.ts";
import type { LoraLoss, Measured } from "./lora-loss.ts";

/** Cross entropy: −w · log p of every token, averaged over groups. */
export const imitationLoss: LoraLoss = {
  configOf: () => ({}),
  slopeOf(_, measured) {
    const each = measured.sent.map((one, i) => imitationOf(one, measured.logprobs[i]!, measured));
    return { loss: each.reduce((total, { loss }) => total + loss, 0), slopes: each.map(({ slopes }) => slopes) };
  },
};

/** An imitated datum under any loss: what it adds to the loss, and the slope of each of its tokens. */
export function imitationOf(
  { weight }: Sent,
  logprobs: readonly number[],
  { groups }: Pick<Measured, "groups">,
): { readonly loss: number; readonly slopes: readonly number[] } {
  const count = weight / groups;
  return { loss: -count * logprobs.reduce((a, b) => a + b, 0), slopes: logprobs.map(() => -count) };
}
