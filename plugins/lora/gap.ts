import { HaloError } from "halo-agent";

/** Differences between log-probabilities of the trainer and of the sampler, over all sampled tokens. */
export interface Gap {
  readonly max: number;
  readonly mean: number;
  /** Below which 99 of 100 are. */
  readonly p99: number;
  /** Group with the largest one. */
  readonly group: string;
}

/** What is told of in bfloat16, where sound answers have long tails: published ones differ by 0.05 (one sigma). */
const warnAbove = { mean: 0.1, p99: 0.5 } as const;
const float32Limit = 1e-3;

interface Checking {
  readonly dtype: string;
  readonly limit?: number | undefined;
  readonly warn: (text: string) => void;
}

/** The canary "gap" of a batch as metrics; throws and warns as `checkGap` does. */
export function checkedGap(rows: Parameters<typeof gapOf>[0], o: Checking): Readonly<Record<string, number>> {
  const gap = gapOf(rows);
  checkGap(gap, o);
  return { "canary/gap": gap.max, "gap/max": gap.max, "gap/mean": gap.mean, "gap/p99": gap.p99 };
}

/** Measures the gap. Both sides hold one log-probability a token. */
export function gapOf(
  rows: readonly {
    readonly group: string;
    readonly sampler: readonly number[];
    readonly trainer: readonly number[];
  }[],
): Gap {
  let [max, sum, group] = [0, 0, ""];
  const all: number[] = [];
  for (const row of rows) {
    for (const [i, logprob] of row.sampler.entries()) {
      const gap = Math.abs(logprob - row.trainer[i]!);
      sum += gap;
      all.push(gap);
      if (gap > max) [max, group] = [gap, row.group];
    }
  }
  const p99 = all.toSorted((a, b) => a - b)[Math.floor(0.99 * (all.length - 1))] ?? 0;
  return { max, mean: all.length === 0 ? 0 : sum / all.length, p99, group };
}

/** The canary "gap", before the step: throws HALO_CANARY_GAP above the limit, warns where there is none. */
export function checkGap(
  { max, mean, p99, group }: Gap,
  { dtype, limit, warn }: Checking,
): void {
  const most = limit ?? (dtype === "bfloat16" ? undefined : float32Limit);
  const figures = `log-probabilities of sampler and trainer differ by up to ${short(max)}, ${short(mean)} on average`;
  if (most === undefined) {
    if (mean > warnAbove.mean || p99 > warnAbove.p99) {
      warn(`gap canary: ${figures}, 99 of 100 by less than ${short(p99)} (group ${group})`);
    }
    return;
  }
  if (max <= most) return;
  throw new HaloError("HALO_CANARY_GAP", `gap canary: ${figures}; the limit is ${short(most)} (group ${group})`, {
    hint:
      "nothing was learned from this batch. Likely causes: the sampler's temperature or its processed log-probabilities, " +
      "another adapter version, pictures of another size, sampler and trainer in different precisions (then set gap_limit)",
  });
}

const short = (x: number): string => x.toPrecision(3);
