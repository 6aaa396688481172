import type { Rng } from "../domain/rng.ts";

const exactUpTo = 20;
const draws = 100_000;

/**
 * Two-sided sign-flip permutation test of "the mean difference is 0". Goes through all sign patterns while at most 20
 * differences are not 0, else draws 100,000 of them and adds one to both counts, so that p is never 0.
 */
export function signFlip(differences: readonly number[], { rng }: { readonly rng: Rng }): number {
  const sizes = differences.filter((d) => d !== 0).map((d) => Math.abs(d));
  if (sizes.length === 0) return 1;
  const observed = Math.abs(differences.reduce((sum, d) => sum + d, 0));
  // Sums of one set in another order may differ in the last bits: count those as equal.
  const threshold = observed - 1e-12 * sizes.reduce((sum, d) => sum + d, 0);
  return sizes.length <= exactUpTo ? exactP(sizes, threshold) : sampledP(sizes, { threshold, rng });
}

function exactP(sizes: readonly number[], threshold: number): number {
  const count = (i: number, sum: number): number => {
    if (i === sizes.length) return Math.abs(sum) >= threshold ? 1 : 0;
    return count(i + 1, sum + sizes[i]!) + count(i + 1, sum - sizes[i]!);
  };
  // A pattern and its mirror image have equal |sum|: the first sign is fixed.
  return count(1, sizes[0]!) / 2 ** (sizes.length - 1);
}

function sampledP(
  sizes: readonly number[],
  { threshold, rng }: { readonly threshold: number; readonly rng: Rng },
): number {
  let atLeast = 0;
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    let signs = 0;
    for (let i = 0; i < sizes.length; i++) {
      if (i % 32 === 0) signs = rng.int(0x100000000);
      sum += signs & 1 ? sizes[i]! : -sizes[i]!;
      signs >>>= 1;
    }
    if (Math.abs(sum) >= threshold) atLeast++;
  }
  return (atLeast + 1) / (draws + 1);
}
