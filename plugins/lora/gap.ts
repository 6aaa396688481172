import { HaloError } from "halo-agent";

/** Differences between log-probabilities of the trainer and of the sampler, over all sampled tokens. */
export interface Gap {
  readonly max: number;
  readonly mean: number;
  /** Group with the largest one. */
  readonly group: string;
}

/** What a wide gap in bfloat16 says in the log; no limit, for a sound distribution has long tails there. */
const warnAbove = 0.5;
const float32Limit = 1e-4;

interface Checking {
  readonly dtype: string;
  readonly limit?: number | undefined;
  readonly warn: (text: string) => void;
}

/** The canary "gap" of a batch as metrics; throws and warns as `checkGap` does. */
export function checkedGap(rows: Parameters<typeof gapOf>[0], o: Checking): Readonly<Record<string, number>> {
  const gap = gapOf(rows);
  checkGap(gap, o);
  return { "canary/gap": gap.max, "gap/max": gap.max, "gap/mean": gap.mean };
}

/** Measures the gap. Both sides hold one log-probability a token. */
export function gapOf(
  rows: readonly {
    readonly group: string;
    readonly sampler: readonly number[];
    readonly trainer: readonly number[];
  }[],
): Gap {
  let [max, sum, count, group] = [0, 0, 0, ""];
  for (const row of rows) {
    for (const [i, logprob] of row.sampler.entries()) {
      const gap = Math.abs(logprob - row.trainer[i]!);
      sum += gap;
      count++;
      if (gap > max) [max, group] = [gap, row.group];
    }
  }
  return { max, mean: count === 0 ? 0 : sum / count, group };
}

/** The canary "gap", before the step: throws HALO_CANARY_GAP above the limit, warns where there is none. */
export function checkGap(
  { max, mean, group }: Gap,
  { dtype, limit, warn }: Checking,
): void {
  const most = limit ?? (dtype === "bfloat16" ? undefined : float32Limit);
  const figures = `log-probabilities of sampler and trainer differ by up to ${short(max)}, ${short(mean)} on average`;
  if (most === undefined) {
    if (max > warnAbove) warn(`gap canary: ${figures} (group ${group})`);
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
