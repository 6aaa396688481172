import { z95 } from "./wilson.ts";

/** 97.5 % quantiles of Student's t for 1 to 4 degrees of freedom, where the expansion is not yet exact to three digits. */
const few = [12.706204736174707, 4.302652729749464, 3.182446305284263, 2.7764451051977987];

/**
 * 97.5 % quantile of Student's t distribution: the half-width of a 95 % interval of a mean in standard errors. Peiser's and
 * Goldberg's expansion around the normal quantile (Abramowitz and Stegun 26.7.5), 3e-4 from five degrees of freedom on.
 */
export function student95(degrees: number): number {
  if (!(degrees >= 1)) return Infinity;
  const exact = few[degrees - 1];
  if (exact !== undefined) return exact;
  const z = z95;
  const z2 = z * z;
  const g1 = z * (z2 + 1) / 4;
  const g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
  const g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
  const g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
  const v = degrees;
  return z + g1 / v + g2 / (v * v) + g3 / (v * v * v) + g4 / (v * v * v * v);
}
