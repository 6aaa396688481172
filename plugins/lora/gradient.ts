import { type Batch, HaloError } from "halo-agent";
import type { Sent } from "./datums.ts";
import type { LoraOptions } from "./options.ts";

/** A loss and its slope, at log-probabilities that a server measured. */
export interface Slope {
  /** Sum over the batch. */
  readonly loss: number;
  /** d loss / d log p of each token, a row a datum. */
  readonly slopes: readonly (readonly number[])[];
}

type Rows = readonly (readonly number[])[];

/**
 * The batch's loss as the sidecar defines it (halo_lora/losses.py), differentiated by hand, for servers that know cross
 * entropy only. `logprobs` are the server's, [datum][token], before the step. A policy is trained in one pass, so the ratio
 * of PPO's clip is 1 and it does not bind. Throws HALO_LORA_SERVER where a loss needs more than log-probabilities.
 */
export function slopeOf(batch: Batch, o: { readonly sent: readonly Sent[]; readonly logprobs: Rows } & Losses): Slope {
  const { loss } = batch;
  const { sent, logprobs } = o;
  const groups = new Set(batch.examples.map((e) => e.group)).size;
  if (loss.kind === "dpo") return preferences({ ...o, ...loss, groups });
  if (loss.kind !== "cross_entropy" && loss.kl_coef > 0) {
    throw new HaloError("HALO_LORA_SERVER", `kl_coef is ${loss.kl_coef}, and the server has no reference model`, {
      hint: "set algorithm.options.kl_coef: 0, or use halo's own sidecar",
    });
  }
  const policy = sent.filter(({ datum }) => datum.x_halo.role === "policy");
  const tokensOf = (some: readonly Sent[]) => some.reduce((sum, s) => sum + s.logprobs.length, 0);
  const inGroup = Map.groupBy(policy, ({ datum }) => datum.x_halo.group);
  let total = 0;
  const slopes = sent.map((one, i) => {
    const { role, group } = one.datum.x_halo;
    const { weight, advantage } = one;
    const row = logprobs[i]!;
    if (loss.kind === "cross_entropy" || role === "imitate") {
      total -= weight / groups * sum(row);
      return row.map(() => -weight / groups);
    }
    const divisor = {
      dr_grpo: () => (loss.max_completion_length ?? o.max_completion_length) * groups,
      grpo: () => row.length * groups,
      dapo: () => tokensOf(policy),
      bnpo: () => tokensOf(inGroup.get(group)!) * groups,
    }[loss.kind]();
    const found = corrections(row, one.logprobs, o.importance).map((c) => -c * advantage * weight / divisor);
    total += sum(found);
    return found;
  });
  return { loss: total, slopes };
}

type Losses = Pick<LoraOptions, "importance" | "dpo" | "max_completion_length">;

/** Step DPO (arXiv 2305.18290, 2408.07199): h = beta · [(lp_c − ref_c) − (lp_r − ref_r)], plus nll_coef · −lp_c. */
function preferences({ sent, logprobs, beta, nll_coef, groups, dpo }: {
  readonly sent: readonly Sent[];
  readonly logprobs: Rows;
  readonly beta: number;
  readonly nll_coef: number;
  readonly groups: number;
  readonly dpo: LoraOptions["dpo"];
}): Slope {
  const e = dpo.variant === "robust" ? dpo.label_smoothing : 0;
  const slopes = logprobs.map((row) => row.map(() => 0));
  let total = 0;
  for (const [i, { datum: { x_halo: { role } }, weight }] of sent.entries()) {
    const count = weight / groups;
    if (role === "imitate") {
      total -= count * sum(logprobs[i]!);
      slopes[i]!.fill(-count);
    }
    // A pair is two datums, the chosen first.
    if (role !== "chosen") continue;
    const gain = (j: number) => sum(logprobs[j]!) - sum(sent[j]!.logprobs);
    const h = beta * (gain(i) - gain(i + 1));
    total += count * (((1 - e) * softplus(-h) - e * softplus(h)) / (1 - 2 * e) - nll_coef * sum(logprobs[i]!));
    const slope = count * beta * (-(1 - e) * sigmoid(-h) - e * sigmoid(h)) / (1 - 2 * e);
    slopes[i]!.fill(slope - count * nll_coef);
    slopes[i + 1]!.fill(-slope);
  }
  return { loss: total, slopes };
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
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
