import { binomial } from "../../../core/stats/binomial.ts";
import { mcnemar } from "../../../core/stats/mcnemar.ts";
import { passAllK, passAtK } from "../../../core/stats/pass-at-k.ts";
import { signFlip } from "../../../core/stats/permutation.ts";
import { keyedRng } from "../../../core/stats/rng.ts";
import { smallestDifference, smallestMeanDifference } from "../../../core/stats/smallest-difference.ts";
import { wilson } from "../../../core/stats/wilson.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("stats/significance");
const rng = keyedRng("tests");
const six = (x: number) => Math.round(x * 1e6) / 1e6;
const near = (a: number, b: number, tolerance: number) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b} ± ${tolerance}`);

test("wilson equals published intervals to 6 digits", () => {
  const cases = [[17, 20, 0.639581, 0.947631], [5, 5, 0.565518, 1], [0, 10, 0, 0.277533], [0, 0, 0, 1]] as const;
  for (const [successes, n, low, high] of cases) assert.equal(wilson(successes, n).map(six), [low, high]);
});

test("wilson mirrors under exchange of success and failure and refuses impossible counts", async () => {
  for (const k of [0, 1, 7, 13]) {
    const [low, high] = wilson(k, 13);
    const [mirrorLow, mirrorHigh] = wilson(13 - k, 13);
    near(low, 1 - mirrorHigh, 1e-12);
    near(high, 1 - mirrorLow, 1e-12);
    assert.ok(low <= k / 13 && k / 13 <= high);
  }
  assert.is((await thrownBy(() => wilson(3, 2)) as Error).message, "wilson needs 0 <= successes <= n, got 3 of 2");
});

test("mcnemar equals reference values to 6 digits", () => {
  // (1, 7): exact 2 (1 + 8) / 256, mid-p 2 (1 + 8) / 256 - 8 / 256. (4, 4): mid-p 1 - C(8, 4) / 2 ** 9.
  const cases = [
    [1, 7, 0.070312, 0.039062],
    [3, 12, 0.035156, 0.021271],
    [4, 4, 1, 0.863281],
    [0, 6, 0.03125, 0.015625],
    [0, 0, 1, 1],
    [0, 1, 1, 0.5],
  ] as const;
  for (const [a, b, exact, midP] of cases) {
    const p = mcnemar(a, b);
    near(p.exact, exact, 6e-7);
    near(p.midP, midP, 6e-7);
    assert.equal(mcnemar(b, a), p);
  }
});

test("mcnemar stays in (0, 1] and falls as the table grows more one-sided", () => {
  for (const n of [9, 10, 400, 5000]) {
    let last = Infinity;
    for (let fewer = Math.floor(n / 2); fewer >= 0; fewer -= Math.ceil(n / 20)) {
      const { exact, midP } = mcnemar(fewer, n - fewer);
      assert.ok(midP <= exact && exact <= 1 + 1e-12 && midP <= last && midP >= 0);
      last = midP;
    }
  }
});

test("binomial sums to 1 and has the closed form", () => {
  // C(5, 2) 0.3² 0.7³ = 0.3087.
  near(binomial(5, 0.3)[2]!, 0.3087, 1e-14);
  for (const n of [0, 1, 50, 2000]) near(binomial(n, 0.37).reduce((s, p) => s + p, 0), 1, 1e-10);
  assert.equal([...binomial(3, 0)], [1, 0, 0, 0]);
  assert.equal([...binomial(3, 1)], [0, 0, 0, 1]);
});

test("passAtK and passAllK equal published values to 6 digits", async () => {
  assert.is(six(passAtK({ n: 8, c: 2, k: 4 })), 0.785714);
  assert.is(six(passAllK({ n: 8, c: 6, k: 4 })), 0.214286);
  assert.is(passAtK({ n: 8, c: 8, k: 8 }), 1);
  assert.is(passAtK({ n: 8, c: 0, k: 8 }), 0);
  assert.is(passAllK({ n: 8, c: 3, k: 4 }), 0);
  assert.ok(await thrownBy(() => passAtK({ n: 2, c: 1, k: 3 })) instanceof RangeError);
});

test("signFlip counts all sign patterns of up to 20 differences", () => {
  // 1, 2, 3, all positive: only +++ and --- reach |sum| 6, so 2 / 8.
  assert.is(signFlip([1, 2, 3], { rng }), 0.25);
  // |1 + 2 - 3| = 0: every pattern reaches it.
  assert.is(signFlip([1, 2, -3], { rng }), 1);
  assert.is(signFlip([1, 1, 0, 0, -2], { rng }), 1);
  // Sums of ±1 ±1 ±2: ++- and --+ give 0, the other six at least 2.
  assert.is(signFlip([1, -1, 2], { rng }), 0.75);
  assert.is(signFlip([0, 0], { rng }), 1);
  assert.is(signFlip([], { rng }), 1);
  // Equal sums in another order differ in the last bit: 0.1 + 0.2 + 0.3.
  assert.is(signFlip([0.1, 0.2, 0.3], { rng }), 0.25);
  // 20 equal differences: 2 / 2 ** 20.
  assert.is(signFlip(new Array(20).fill(0.25), { rng }), 2 ** -19);
});

test("signFlip equals the exact binomial test when all differences have one size", () => {
  const differences = [...new Array(12).fill(1), ...new Array(3).fill(-1)];
  near(signFlip(differences, { rng }), mcnemar(3, 12).exact, 1e-12);
});

test("signFlip draws patterns for more than 20 differences", () => {
  const differences = [...new Array(20).fill(1), ...new Array(8).fill(-1)];
  const p = signFlip(differences, { rng: keyedRng("flip") });
  // Standard error: sqrt(0.036 * 0.964 / 1e5) = 0.0006.
  near(p, mcnemar(8, 20).exact, 0.003);
  assert.is(signFlip(differences, { rng: keyedRng("flip") }), p);
  near(signFlip(new Array(40).fill(1), { rng }), 1 / 100_001, 1e-12);
});

test("smallestDifference is the least one found in 80 % of simulated comparisons", () => {
  const n = 48;
  const discordant = 0.3;
  const delta = smallestDifference(n, discordant);
  const power = (d: number): number => {
    const draws = keyedRng("power", d);
    let found = 0;
    for (let i = 0; i < 2000; i++) {
      let a = 0;
      let b = 0;
      for (let task = 0; task < n; task++) {
        const u = draws.next();
        if (u < (discordant + d) / 2) b++;
        else if (u < discordant) a++;
      }
      if (mcnemar(a, b).midP < 0.05) found++;
    }
    return found / 2000;
  };
  // Standard error 0.009.
  near(power(delta), 0.8, 0.03);
});

test("smallestDifference shrinks with tasks, grows with discordance and is continuous where the method changes", () => {
  assert.is(smallestDifference(4, 0.5), 1);
  assert.is(smallestDifference(0, 0), 1);
  assert.ok(smallestDifference(20, 0.2) > smallestDifference(50, 0.2));
  assert.ok(smallestDifference(50, 0.5) > smallestDifference(50, 0.2));
  near(smallestDifference(200, 0.2), smallestDifference(201, 0.2), 0.005);
  // n differences of spread 1: 2.8016 / sqrt(n) with the sample spread sqrt(4 / 3) for 1, -1, 1, -1.
  near(smallestMeanDifference([1, -1, 1, -1]), 2.801585 * Math.sqrt(4 / 3) / 2, 1e-6);
  assert.is(smallestMeanDifference([1]), 1);
});
