import { wilson } from "./wilson.ts";

/** Paired binary outcomes of arms A and B. */
export interface PairedTable {
  readonly both: number;
  readonly a_only: number;
  readonly b_only: number;
  readonly neither: number;
}

/**
 * 95 % interval of the difference of two paired success rates, B minus A, from the two Wilson intervals and the
 * correlation of the arms (Newcombe, Statistics in Medicine 17 (1998) 2635, method 10). Unlike a bootstrap it does not
 * shrink to a point where all tasks agree.
 */
export function newcombe({ both, a_only, b_only, neither }: PairedTable): readonly [low: number, high: number] {
  const n = both + a_only + b_only + neither;
  const inA = both + a_only;
  const inB = both + b_only;
  const [a, b] = [inA / n, inB / n];
  const [lowA, highA] = wilson(inA, n);
  const [lowB, highB] = wilson(inB, n);
  const product = inA * (n - inA) * inB * (n - inB);
  const agreement = both * neither - a_only * b_only;
  // A continuity correction where the arms agree more than by chance.
  const corrected = agreement > 0 ? Math.max(agreement - n / 2, 0) : agreement;
  const phi = product === 0 ? 0 : corrected / Math.sqrt(product);
  const spread = (x: number, y: number) => Math.sqrt(Math.max(0, x * x - 2 * phi * x * y + y * y));
  const delta = b - a;
  return [
    Math.max(-1, delta - spread(b - lowB, highA - a)),
    Math.min(1, delta + spread(highB - b, a - lowA)),
  ];
}
