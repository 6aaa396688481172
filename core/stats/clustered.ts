import { student95 } from "./student.ts";
import { wilsonOf, z95 } from "./wilson.ts";

/**
 * 95 % interval of a success rate when tasks were tried several times: the trials of a task are one cluster, since they
 * resemble each other. `tasks` holds each task's rate over its trials; the rate is their mean. Wilson's interval at the
 * effective number of tasks, which the spread between tasks gives and which Student's quantile shortens for few tasks
 * (Korn and Graubard, Survey Methodology 24 (1998) 193). Never of width 0: where all tasks agree, each counts as one trial.
 */
export function clusteredRate(tasks: readonly number[]): readonly [low: number, high: number] {
  const n = tasks.length;
  if (n === 0) return [0, 1];
  const rate = mean(tasks);
  return wilsonOf(rate, effectiveTasks(tasks, rate));
}

/** As many independent single trials as say as much as these tasks: at least half of the tasks, however they spread. */
function effectiveTasks(tasks: readonly number[], rate: number): number {
  const n = tasks.length;
  const single = rate * (1 - rate);
  const spread = n < 2 ? 0 : tasks.reduce((sum, r) => sum + (r - rate) * (r - rate), 0) / (n - 1);
  if (single <= 0 || spread <= 0) return n;
  const shortened = z95 / student95(n - 1);
  return Math.max(1, n * Math.min(single / spread, 1e6) * shortened * shortened);
}

/**
 * 95 % interval of the difference of two such rates over the same tasks, B minus A: Newcombe's method 10 with the arms'
 * clustered intervals and the correlation of the tasks' rates. Never of width 0.
 */
export function clusteredDifference(a: readonly number[], b: readonly number[]): readonly [low: number, high: number] {
  const [rateA, rateB] = [mean(a), mean(b)];
  const [lowA, highA] = clusteredRate(a);
  const [lowB, highB] = clusteredRate(b);
  const phi = correlation(a, b);
  const spread = (x: number, y: number) => Math.sqrt(Math.max(0, x * x - 2 * phi * x * y + y * y));
  const delta = rateB - rateA;
  return [
    Math.max(-1, delta - spread(rateB - lowB, highA - rateA)),
    Math.min(1, delta + spread(highB - rateB, rateA - lowA)),
  ];
}

/** Correlation of two arms' task rates; where they agree more than by chance, less by what one task more would change. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const n = a.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    [ab, aa, bb] = [ab + x * y, aa + x * x, bb + y * y];
  }
  if (aa <= 0 || bb <= 0) return 0;
  const phi = ab / Math.sqrt(aa * bb);
  const single = Math.sqrt(meanA * (1 - meanA) * meanB * (1 - meanB));
  return phi > 0 ? Math.max(0, phi - 1 / (2 * n * single)) : phi;
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
