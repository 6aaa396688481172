/**
 * A deterministic source of randomness that is derived from keys, never shared as a stream:
 * two generators derived with equal keys give equal numbers, whatever else ran in between.
 */
export interface Rng {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** Uniform integer in [0, n). */
  int(n: number): number;
  /** A generator that depends on this one's key and on `keys` only, not on how often `next` was called. */
  derive(...keys: readonly (string | number)[]): Rng;
}
