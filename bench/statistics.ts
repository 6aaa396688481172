/**
 * Compares a policy with itself, thousands of times: how often a difference is reported that is none, and how often the 95 %
 * interval covers the true difference of 0. Tasks of different difficulty, one to four trials each, from never to always
 * solved.
 *
 *   npm run bench:statistics [-- --comparisons 10000 --seed 1]
 *
 * Bars: false alarms <= 5.5 %, intervals cover >= 94.5 %, no interval of width 0.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { comparePaired, type Pair } from "../core/stats/paired.ts";
import { keyedRng } from "../core/stats/rng.ts";
import type { Rng } from "../core/domain/rng.ts";

/** Draws a task's probability of success. */
const difficulties: Readonly<Record<string, (rng: Rng) => number>> = {
  "even": () => 0.5,
  "hard": () => 0.05,
  "easy": () => 0.97,
  "never": () => 0,
  "always": () => 1,
  "any": (rng) => rng.next(),
  "either": (rng) => rng.int(2) === 0 ? 0.97 : 0.03,
};
const sizes = [12, 24, 48] as const;
const trials = [1, 2, 4] as const;

/** What came of comparing equal arms; rates over all comparisons. */
export interface SelfComparison {
  readonly comparisons: number;
  readonly falseAlarms: number;
  readonly covered: number;
  readonly leastWidth: number;
}

/** Compares equal arms `comparisons` times, over all difficulties, numbers of tasks and of trials in turn. */
export function compareWithSelf(
  o: { readonly comparisons: number; readonly seed: number; readonly mostTasks?: number },
): SelfComparison {
  const settings = Object.values(difficulties).flatMap((difficulty) =>
    sizes.filter((n) => n <= (o.mostTasks ?? Infinity)).flatMap((n) => trials.map((m) => ({ difficulty, n, m })))
  );
  let [falseAlarms, covered, leastWidth] = [0, 0, Infinity];
  for (let i = 0; i < o.comparisons; i++) {
    const { p, ci95: [low, high] } = comparePaired(
      pairsOf(settings[i % settings.length]!, keyedRng("self", o.seed, i)),
      { seed: i },
    );
    if (p < 0.05) falseAlarms++;
    if (low <= 0 && high >= 0) covered++;
    leastWidth = Math.min(leastWidth, high - low);
  }
  return {
    comparisons: o.comparisons,
    falseAlarms: falseAlarms / o.comparisons,
    covered: covered / o.comparisons,
    leastWidth,
  };
}

function pairsOf(
  { difficulty, n, m }: { readonly difficulty: (rng: Rng) => number; readonly n: number; readonly m: number },
  rng: Rng,
): readonly Pair[] {
  return Array.from({ length: n }, (_, t) => {
    const task = rng.derive("task", t);
    const p = difficulty(task);
    const arm = () => Array.from({ length: m }, () => task.next() < p ? 1 : 0);
    return { key: `t${t}`, a: arm(), b: arm() };
  });
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { comparisons: { type: "string", default: "10000" }, seed: { type: "string", default: "1" } },
  });
  const found = compareWithSelf({ comparisons: Number(values.comparisons), seed: Number(values.seed) });
  const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
  console.log(`${found.comparisons} comparisons of equal arms`);
  console.log(`false alarms       ${percent(found.falseAlarms)}  (bar: <= 5.5 %)`);
  console.log(`intervals cover 0  ${percent(found.covered)}  (bar: >= 94.5 %)`);
  console.log(`narrowest interval ${percent(found.leastWidth)}  (bar: > 0)`);
  if (found.falseAlarms > 0.055 || found.covered < 0.945 || found.leastWidth <= 0) process.exitCode = 1;
}
