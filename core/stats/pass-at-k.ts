/** Of `n` trials `c` passed; k of them are looked at. */
export interface Trials {
  readonly n: number;
  readonly c: number;
  readonly k: number;
}

/** Unbiased probability that at least one of k trials passes: 1 - C(n - c, k) / C(n, k) (arXiv 2107.03374). */
export function passAtK({ n, c, k }: Trials): number {
  return 1 - chooseRatio(n - c, { n, k });
}

/** Unbiased probability that all of k trials pass ("pass^k"): C(c, k) / C(n, k) (arXiv 2406.12045). */
export function passAllK({ n, c, k }: Trials): number {
  return chooseRatio(c, { n, k });
}

/** C(m, k) / C(n, k) as a product of ratios, which cannot overflow. */
function chooseRatio(m: number, { n, k }: { readonly n: number; readonly k: number }): number {
  if (!(k >= 1 && k <= n && m >= 0 && m <= n)) {
    throw new RangeError(`expected 1 <= k <= n and 0 <= c <= n, got k ${k}, n ${n}, m ${m}`);
  }
  let ratio = 1;
  for (let i = 0; i < k; i++) ratio *= Math.max(0, m - i) / (n - i);
  return ratio;
}
