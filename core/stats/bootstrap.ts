import type { Rng } from "../domain/rng.ts";

/** 95 % percentile bootstrap interval of the mean. For paired data pass one difference per task: tasks are what is resampled. */
export function bootstrapMean(
  values: readonly number[],
  { rng, resamples = 10_000 }: { readonly rng: Rng; readonly resamples?: number },
): readonly [low: number, high: number] {
  const n = values.length;
  if (n === 0) throw new RangeError("bootstrapMean needs at least one value");
  const means = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[rng.int(n)]!;
    means[r] = sum / n;
  }
  means.sort();
  return [quantile(means, 0.025), quantile(means, 0.975)];
}

/** Quantile of sorted values, interpolated between neighbours (Hyndman and Fan's type 7). */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = (sorted.length - 1) * q;
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (at - below);
}
