import { HaloError, type PolicyLoss } from "halo-agent";
import type { Sent } from "./datums.ts";
import { imitationOf } from "./imitation-loss.ts";
import type { LoraLoss, Measured } from "./lora-loss.ts";
import type { LoraOptions } from "./options.ts";

/** What a loss of the policy family differs in. */
interface Normaliser {
  /** What the sum over a datum's tokens is divided by. */
  divisorOf(one: Sent, o: Measured & { readonly loss: PolicyLoss }): number;
  /** What the sidecar must be told for it. */
  configOf?(loss: PolicyLoss, o: LoraOptions & { readonly policyTokens: number }): Readonly<Record<string, number>>;
}

/**
 * A policy-gradient loss. A policy is trained in one pass, so the ratio of PPO's clip is 1 and it does not bind where the
 * slope is taken here.
 */
export function policyLoss({ divisorOf, configOf }: Normaliser): LoraLoss<PolicyLoss> {
  return {
    configOf(loss, o) {
      const { kind: _, max_completion_length: __, ...coefficients } = loss;
      return {
        ...coefficients,
        ...configOf?.(loss, o),
        ...(o.delta !== undefined && { delta: o.delta }),
        importance: o.importance,
      };
    },
    slopeOf(loss, measured) {
      if (loss.kl_coef > 0) {
        throw new HaloError("HALO_LORA_SERVER", `kl_coef is ${loss.kl_coef}, and the server has no reference model`, {
          hint: "set algorithm.options.kl_coef: 0, or use halo's own sidecar",
        });
      }
      let total = 0;
      const slopes = measured.sent.map((one, i) => {
        const row = measured.logprobs[i]!;
        if (one.datum.x_halo.role === "imitate") {
          const imitation = imitationOf(one, row, measured);
          total += imitation.loss;
          return imitation.slopes;
        }
        const { weight, advantage } = one;
        const divisor = divisorOf(one, { ...measured, loss });
        const found = corrections(row, one.logprobs, measured.importance).map((c) => -c * advantage * weight / divisor);
        total += sum(found);
        return found;
      });
      return { loss: total, slopes };
    },
  };
}

/** Tokens of the advantages among these, or of one group's. */
export function policyTokens(sent: readonly Sent[], group?: string): number {
  return sent.reduce(
    (total, { datum: { x_halo }, logprobs }) =>
      x_halo.role === "policy" && (group === undefined || x_halo.group === group) ? total + logprobs.length : total,
    0,
  );
}

/** Importance correction of each token: trainer over sampler, bounded or dropped as `mode` says. */
function corrections(
  trainer: readonly number[],
  sampler: readonly number[],
  { mode = "token_truncate", min = 0, max = Infinity }: LoraOptions["importance"],
): readonly number[] {
  if (mode === "none") return trainer.map(() => 1);
  const gaps = trainer.map((logprob, t) => logprob - sampler[t]!);
  const ratios = gaps.map((gap) => Math.exp(mode.startsWith("sequence") ? sum(gaps) : gap));
  if (mode.endsWith("truncate")) return ratios.map((r) => Math.min(Math.max(r, min), max));
  return ratios.map((r) => r >= min && r <= max ? r : 0);
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
