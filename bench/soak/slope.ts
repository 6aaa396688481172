import { mean } from "../../core/stats/mean.ts";

/** How fast something grows: by how much in so many steps, with a 95 % interval. */
export interface Slope {
  readonly per: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % points of Student's t for 1 to 18 degrees of freedom. */
const t95 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131]
  .concat([2.120, 2.110, 2.101]);

/**
 * Least squares over the means of `blocks` equal stretches, at most 20, so that neighbours that resemble each other count once;
 * `scale` is the number of steps that the slope is given for. Points are [steps, value], ascending.
 */
export function slopeOf(
  points: readonly (readonly [number, number])[],
  { scale, blocks = 12 }: { readonly scale: number; readonly blocks?: number },
): Slope {
  const n = Math.min(blocks, points.length);
  const means = Array.from({ length: n }, (_, i) => {
    const block = points.slice(Math.floor(i * points.length / n), Math.floor((i + 1) * points.length / n));
    return [mean(block.map(([x]) => x)), mean(block.map(([, y]) => y))] as const;
  });
  const [mx, my] = [mean(means.map(([x]) => x)), mean(means.map(([, y]) => y))];
  const sxx = means.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  const slope = means.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / sxx;
  const rest = means.reduce((sum, [x, y]) => sum + (y - my - slope * (x - mx)) ** 2, 0);
  const half = n < 3 ? Infinity : t95[n - 3]! * Math.sqrt(rest / (n - 2) / sxx);
  return { per: scale * slope, low: scale * (slope - half), high: scale * (slope + half) };
}
