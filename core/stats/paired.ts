import type { Rng } from "../domain/rng.ts";
import { clusteredDifference, clusteredRate } from "./clustered.ts";
import { meanInterval } from "./mean-interval.ts";
import { mcnemar } from "./mcnemar.ts";
import { newcombe, type PairedTable } from "./newcombe.ts";
import { signFlip } from "./permutation.ts";
import { keyedRng } from "./rng.ts";
import { detectablePerHalfWidth, smallestDifference, smallestMeanDifference } from "./smallest-difference.ts";
import { wilson } from "./wilson.ts";

/** Outcomes of one task in two arms, one number per trial: 0 or 1 for success, any number for rewards. */
export interface Pair {
  readonly key: string;
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/**
 * One arm: mean over tasks and its 95 % interval. Wilson's for one binary trial per task; Wilson's at the effective number
 * of tasks where the trials of a task are a cluster; Student's over the tasks' means for other rewards. Never of width 0
 * for success rates.
 */
export interface ArmRate {
  readonly rate: number;
  readonly ci95: readonly [low: number, high: number];
}

/** A against B over the same tasks; `delta` is B minus A. Part of the `comparison` and `done` records. */
export interface PairedComparison {
  /** Number of tasks. */
  readonly n: number;
  readonly a: ArmRate;
  readonly b: ArmRate;
  readonly delta: number;
  /** Newcombe's for success, from the intervals of both arms; Student's over the tasks' differences for other rewards. */
  readonly ci95: readonly [low: number, high: number];
  readonly p: number;
  readonly test: "mcnemar mid-p" | "sign-flip permutation";
  /** With one binary trial per task: the conditional exact p beside the mid-p one, and the 2×2 table. */
  readonly p_exact?: number;
  readonly table?: PairedTable;
  /** Tasks whose outcome (mean over trials) differs, by key. */
  readonly flipped: readonly { readonly key: string; readonly a: number; readonly b: number }[];
  /** Smallest difference that 80 % of such comparisons would have found. */
  readonly detectable: number;
  /**
   * "B better", "A better", "equivalent within ±5 points", "no difference shown (could have seen >= 16 points)" or, where
   * not even a unanimous outcome is significant, "too few tasks to show a difference (5 at least)".
   */
  readonly verdict: string;
}

const alpha = 0.05;
/** Tasks from which a unanimous outcome is significant: 1/2ⁿ by mid-p, 2/2ⁿ by permutation. */
const leastTasks = { "mcnemar mid-p": 5, "sign-flip permutation": 6 } as const;

/**
 * Compares two arms task by task: McNemar's mid-p test for one binary trial per task, else a sign-flip permutation of
 * the tasks' mean differences. `margin` (a rate) allows the verdict "equivalent". Equal input and seed give equal output.
 */
export function comparePaired(
  pairs: readonly Pair[],
  { seed, margin }: { readonly seed: number; readonly margin?: number },
): PairedComparison {
  const rows = [...pairs].sort((x, y) => x.key < y.key ? -1 : x.key > y.key ? 1 : 0).map(meansOf);
  const rng = keyedRng("compare", seed);
  const n = rows.length;
  const differences = rows.map((r) => r.b - r.a);
  const delta = mean(differences);
  const flipped = rows.filter((r) => r.a !== r.b);
  const isSuccess = pairs.every(({ a, b }) => [...a, ...b].every((trial) => trial === 0 || trial === 1));
  const isOneTrial = pairs.every(({ a, b }) => a.length === 1 && b.length === 1);
  const columns = { a: rows.map((r) => r.a), b: rows.map((r) => r.b) };
  const measured = isSuccess && isOneTrial
    ? compareTable(rows)
    : { ...(isSuccess ? compareRates(columns) : compareMeans(columns)), ...permuted(differences, rng.derive("flip")) };
  const found = measured.detectable ?? detectableFrom(differences, measured.ci95);
  const detectable = isSuccess ? Math.min(1, found) : found;
  const { intervals, ...tested } = { ...measured, detectable };
  const arm = (name: "a" | "b"): ArmRate => ({ rate: mean(columns[name]), ci95: intervals[name] });
  const verdict = verdictOf({ ...tested, n, delta, ...(margin !== undefined && { margin }) });
  return { n, a: arm("a"), b: arm("b"), delta, ...tested, flipped, verdict };
}

type Interval = readonly [low: number, high: number];
type Columns = { readonly a: readonly number[]; readonly b: readonly number[] };

interface Measured extends Pick<PairedComparison, "p" | "test" | "p_exact" | "table" | "ci95"> {
  readonly intervals: { readonly a: Interval; readonly b: Interval };
  readonly detectable?: number;
}

function meansOf({ key, a, b }: Pair): { readonly key: string; readonly a: number; readonly b: number } {
  if (a.length === 0 || b.length === 0) throw new RangeError(`task "${key}" needs at least one trial in both arms`);
  return { key, a: mean(a), b: mean(b) };
}

/** One binary trial per task. */
function compareTable(rows: readonly { readonly a: number; readonly b: number }[]): Measured {
  const n = rows.length;
  const count = (a: number, b: number) => rows.filter((r) => r.a === a && r.b === b).length;
  const table = { both: count(1, 1), a_only: count(1, 0), b_only: count(0, 1), neither: count(0, 0) };
  const { exact, midP } = mcnemar(table.a_only, table.b_only);
  return {
    ci95: newcombe(table),
    intervals: { a: wilson(table.both + table.a_only, n), b: wilson(table.both + table.b_only, n) },
    p: midP,
    test: "mcnemar mid-p",
    p_exact: exact,
    table,
    detectable: smallestDifference(n, (table.a_only + table.b_only) / n),
  };
}

/** Several binary trials of each task. */
function compareRates({ a, b }: Columns): Pick<Measured, "ci95" | "intervals"> {
  return { ci95: clusteredDifference(a, b), intervals: { a: clusteredRate(a), b: clusteredRate(b) } };
}

/** Rewards of any scale. */
function compareMeans({ a, b }: Columns): Pick<Measured, "ci95" | "intervals"> {
  const all = [...a, ...b];
  const range = Math.max(...all) - Math.min(...all);
  const interval = (values: readonly number[]) => meanInterval(values, { range });
  return { ci95: interval(b.map((value, i) => value - a[i]!)), intervals: { a: interval(a), b: interval(b) } };
}

function permuted(differences: readonly number[], rng: Rng): Pick<Measured, "p" | "test"> {
  return { p: signFlip(differences, { rng }), test: "sign-flip permutation" };
}

/** From the tasks' own spread, and where they hardly spread from the interval, which keeps a width. */
function detectableFrom(differences: readonly number[], [low, high]: Interval): number {
  const fromInterval = (high - low) / 2 * detectablePerHalfWidth;
  return Math.max(smallestMeanDifference(differences), fromInterval);
}

function verdictOf(
  o: {
    readonly n: number;
    readonly p: number;
    readonly test: PairedComparison["test"];
    readonly delta: number;
    readonly ci95: readonly [number, number];
    readonly detectable: number;
    readonly margin?: number;
  },
): string {
  if (o.p < alpha && o.delta !== 0) return o.delta > 0 ? "B better" : "A better";
  if (o.margin !== undefined && o.ci95[0] > -o.margin && o.ci95[1] < o.margin) {
    return `equivalent within ±${points(o.margin)} points`;
  }
  const least = leastTasks[o.test];
  if (o.n < least) return `too few tasks to show a difference (${least} at least)`;
  return `no difference shown (could have seen >= ${Math.ceil(points(o.detectable))} points)`;
}

const points = (rate: number): number => Math.round(rate * 1000) / 10;
const sum = (values: readonly number[]): number => values.reduce((total, v) => total + v, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
