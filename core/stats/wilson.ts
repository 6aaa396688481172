/** 97.5 % quantile of the standard normal distribution. */
export const z95 = 1.959963984540054;

/** Wilson's 95 % interval of a success rate; [0, 1] when nothing was tried. Wilson, JASA 22 (1927) 209. */
export function wilson(successes: number, n: number): readonly [low: number, high: number] {
  if (!(successes >= 0 && successes <= n)) {
    throw new RangeError(`wilson needs 0 <= successes <= n, got ${successes} of ${n}`);
  }
  return n === 0 ? [0, 1] : wilsonOf(successes / n, n);
}

/** The same from a rate and a number of trials that need not be whole, such as an effective sample size above 0. */
export function wilsonOf(rate: number, n: number): readonly [low: number, high: number] {
  const zz = z95 * z95;
  const centre = rate + zz / (2 * n);
  const spread = z95 * Math.sqrt(rate * (1 - rate) / n + zz / (4 * n * n));
  const scale = 1 + zz / n;
  return [rate === 0 ? 0 : (centre - spread) / scale, rate === 1 ? 1 : (centre + spread) / scale];
}
