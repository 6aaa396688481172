import { compareWithSelf } from "../../../bench/statistics.ts";
import { clusteredDifference, clusteredRate } from "../../../core/stats/clustered.ts";
import { meanInterval } from "../../../core/stats/mean-interval.ts";
import { comparePaired, type Pair } from "../../../core/stats/paired.ts";
import { student95 } from "../../../core/stats/student.ts";
import { wilson } from "../../../core/stats/wilson.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("stats/clustered");
const near = (is: number, wanted: number, by = 1e-4) => assert.ok(Math.abs(is - wanted) < by, `${is}, not ${wanted}`);

test("student95 is the tabled quantile", () => {
  // Abramowitz and Stegun, table 26.10, column 0.975.
  const tabled = { 1: 12.7062, 2: 4.3027, 4: 2.7764, 5: 2.5706, 10: 2.2281, 30: 2.0423, 120: 1.9799 };
  for (const [degrees, t] of Object.entries(tabled)) near(student95(Number(degrees)), t, 4e-4);
  assert.is(student95(0), Infinity);
});

test("clusteredRate counts each task once where the trials of a task always agree", () => {
  // Sixteen trials of 24 tasks say no more than one: 12 of 24, shortened by (1.96 / 2.069)² and by 23 / 24.
  const tasks = Array.from({ length: 24 }, (_, i) => i % 2);
  const [low, high] = clusteredRate(tasks);
  const [single] = wilson(12, 24);
  assert.ok(low < single && low > single - 0.02 && high === 1 - low, `${low} ${high}`);
});

test("clusteredRate is narrower than one trial where trials of a task differ as trials of different tasks do", () => {
  const [low, high] = clusteredRate(Array.from({ length: 24 }, () => 0.5).map((r, i) => r + (i % 2 ? 0.125 : -0.125)));
  const [one, other] = wilson(12, 24);
  assert.ok(high - low < (other - one) / 2, `${high - low}`);
});

test("clusteredRate keeps a width when nothing or everything succeeded", () => {
  assert.equal(clusteredRate(Array(12).fill(0)), wilson(0, 12));
  assert.equal(clusteredRate(Array(12).fill(1)), wilson(12, 12));
  assert.equal(clusteredRate([]), [0, 1]);
});

test("clusteredDifference keeps a width when all tasks agree, and mirrors", () => {
  const [low, high] = clusteredDifference(Array(12).fill(0), Array(12).fill(0));
  assert.ok(high > 0.2 && low === -high, `${low} ${high}`);
  const [a, b] = [[0, 0.5, 1, 0.5, 0, 0.5], [0.5, 1, 1, 0.5, 0, 1]];
  const [from, to] = clusteredDifference(a, b);
  const [back, forth] = clusteredDifference(b, a);
  near(from, -forth, 1e-12);
  near(to, -back, 1e-12);
});

test("comparePaired of twelve tasks tried twice without a success says what it could have seen", () => {
  const pairs: Pair[] = Array.from({ length: 12 }, (_, i) => ({ key: `t${i}`, a: [0, 0], b: [0, 0] }));
  const { ci95, detectable, verdict, a } = comparePaired(pairs, { seed: 0, margin: 0.05 });
  assert.ok(ci95[1] > 0.2 && ci95[0] < -0.2, `${ci95}`);
  assert.ok(detectable > ci95[1], `${detectable}`);
  assert.is(verdict, `no difference shown (could have seen >= ${Math.ceil(detectable * 100)} points)`);
  assert.equal(a, { rate: 0, ci95: wilson(0, 12) });
});

test("comparePaired of two tasks tried twice claims no equivalence", () => {
  const pairs: Pair[] = ["x", "y"].map((key) => ({ key, a: [1, 1], b: [1, 1] }));
  assert.is(comparePaired(pairs, { seed: 0, margin: 0.05 }).verdict, "too few tasks to show a difference (6 at least)");
});

test("meanInterval is Student's, and keeps a width where all values agree", () => {
  // Mean 2, standard deviation 1, standard error 1 / sqrt(3), t of two degrees of freedom.
  const [low, high] = meanInterval([1, 2, 3], { range: 2 });
  near(high, 2 + 4.302652729749464 / Math.sqrt(3), 1e-12);
  near(low, 2 - 4.302652729749464 / Math.sqrt(3), 1e-12);
  assert.equal(meanInterval([5, 5, 5], { range: 2 }), [5 - 2 * wilson(0, 3)[1], 5 + 2 * wilson(0, 3)[1]]);
});

test("equal arms seldom differ and their interval covers 0", () => {
  const { falseAlarms, covered, leastWidth } = compareWithSelf({ comparisons: 2000, seed: 1, mostTasks: 12 });
  assert.ok(falseAlarms <= 0.055, `${falseAlarms} false alarms`);
  assert.ok(covered >= 0.945, `${covered} covered`);
  assert.ok(leastWidth > 0, `${leastWidth}`);
});
