import { keyedRng } from "../../core/stats/rng.ts";

/** The median of some values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** A median with its 95 % percentile-bootstrap interval. */
export interface MedianInterval {
  readonly median: number;
  readonly ci95: readonly [number, number];
}

/** The median of the differences of pairs, which were measured one right after the other. */
export function medianInterval(values: readonly number[]): MedianInterval {
  const rng = keyedRng("overhead");
  const medians = Array.from({ length: 2000 }, () => median(values.map(() => values[rng.int(values.length)]!)));
  medians.sort((a, b) => a - b);
  return { median: median(values), ci95: [medians[50]!, medians[1949]!] };
}
