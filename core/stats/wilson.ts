/** 97.5 % quantile of the standard normal distribution. */
export const z95 = 1.959963984540054;

/** Wilson's 95 % interval of a success rate; [0, 1] when nothing was tried. Wilson, JASA 22 (1927) 209. */
export function wilson(successes: number, n: number): readonly [low: number, high: number] {
  if (!(successes >= 0 && successes <= n)) {
    throw new RangeError(`wilson needs 0 <= successes <= n, got ${successes} of ${n}`);
  }
  if (n === 0) return [0, 1];
  const p = successes / n;
  const zz = z95 * z95;
  const centre = p + zz / (2 * n);
  const spread = z95 * Math.sqrt(p * (1 - p) / n + zz / (4 * n * n));
  const scale = 1 + zz / n;
  return [successes === 0 ? 0 : (centre - spread) / scale, successes === n ? 1 : (centre + spread) / scale];
}
