import { binomial } from "./binomial.ts";
import { mcnemar } from "./mcnemar.ts";
import { z95 } from "./wilson.ts";

/** 80 % quantile of the standard normal distribution. */
const z80 = 0.8416212335729143;
/** What 80 % of comparisons at the 5 % level would find, in half-widths of a 95 % interval of the difference. */
export const detectablePerHalfWidth = (z95 + z80) / z95;
const power = 0.8;
const alpha = 0.05;
const exactUpTo = 200;

/**
 * Smallest difference of two success rates that McNemar's mid-p test finds with 80 % power at the 5 % level, from n paired
 * tasks of which a share `discordant` differs between the arms; 1 when even the largest difference would be missed.
 * Exact up to 200 tasks; above, the normal approximation (Connor, Biometrics 43 (1987) 207).
 */
export function smallestDifference(n: number, discordant: number): number {
  const found = n <= exactUpTo ? exactPower(n) : normalPower(n);
  // More tasks must differ than the difference itself.
  const isEnough = (delta: number) => found(delta, Math.max(discordant, delta)) >= power;
  if (n === 0 || !isEnough(1)) return 1;
  let missed = 0;
  let seen = 1;
  while (seen - missed > 0.0005) {
    const middle = (missed + seen) / 2;
    if (isEnough(middle)) seen = middle;
    else missed = middle;
  }
  return seen;
}

/** Smallest mean difference found with 80 % power at the 5 % level, normal approximation, from the differences' own spread. */
export function smallestMeanDifference(differences: readonly number[]): number {
  const n = differences.length;
  if (n < 2) return 1;
  const mean = differences.reduce((sum, d) => sum + d, 0) / n;
  const variance = differences.reduce((sum, d) => sum + (d - mean) * (d - mean), 0) / (n - 1);
  return (z95 + z80) * Math.sqrt(variance / n);
}

type Power = (delta: number, discordant: number) => number;

function exactPower(n: number): Power {
  // For d discordant pairs: the largest smaller count that is still significant, -1 when none is.
  const critical: number[] = [];
  let fewer = -1;
  for (let d = 0; d <= n; d++) {
    while (2 * (fewer + 1) <= d && mcnemar(fewer + 1, d - fewer - 1).midP < alpha) fewer++;
    critical.push(fewer);
  }
  return (delta, discordant) => {
    const pairs = binomial(n, discordant);
    let total = 0;
    for (let d = 0; d <= n; d++) {
      if (critical[d]! < 0 || pairs[d]! < 1e-9) continue;
      const forA = binomial(d, (discordant - delta) / (2 * discordant));
      let significant = 0;
      for (let k = 0; k <= critical[d]!; k++) significant += forA[k]! + forA[d - k]!;
      total += pairs[d]! * significant;
    }
    return total;
  };
}

/** Answers 1 or 0: whether the sample size formula is satisfied. */
function normalPower(n: number): Power {
  return (delta, discordant) => {
    const needed = z95 * Math.sqrt(discordant) + z80 * Math.sqrt(discordant - delta * delta);
    return n * delta * delta >= needed * needed ? 1 : 0;
  };
}
