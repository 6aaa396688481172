import { bootstrapMean } from "./bootstrap.ts";
import { mcnemar } from "./mcnemar.ts";
import { newcombe, type PairedTable } from "./newcombe.ts";
import { signFlip } from "./permutation.ts";
import { keyedRng } from "./rng.ts";
import { smallestDifference, smallestMeanDifference } from "./smallest-difference.ts";
import { wilson } from "./wilson.ts";

/** Outcomes of one task in two arms, one number per trial: 0 or 1 for success, any number for rewards. */
export interface Pair {
  readonly key: string;
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** One arm: mean over tasks; Wilson's interval for one trial per task, else bootstrapped over tasks. */
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
  /** Newcombe's for one binary trial per task, else bootstrapped over tasks. */
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
  const isBinary = pairs.every(({ a, b }) => [a, b].every((arm) => arm.length === 1 && (arm[0] === 0 || arm[0] === 1)));
  const tested = isBinary ? testTable(rows) : testMeans(differences, rng.derive("flip"));
  const ci95 = tested.table ? newcombe(tested.table) : bootstrapMean(differences, { rng: rng.derive("difference") });
  const arm = (name: "a" | "b"): ArmRate => {
    const values = rows.map((r) => r[name]);
    const rate = mean(values);
    return { rate, ci95: isBinary ? wilson(sum(values), n) : bootstrapMean(values, { rng: rng.derive("arm", name) }) };
  };
  const verdict = verdictOf({ ...tested, n, delta, ci95, ...(margin !== undefined && { margin }) });
  return { n, a: arm("a"), b: arm("b"), delta, ci95, ...tested, flipped, verdict };
}

function meansOf({ key, a, b }: Pair): { readonly key: string; readonly a: number; readonly b: number } {
  if (a.length === 0 || b.length === 0) throw new RangeError(`task "${key}" needs at least one trial in both arms`);
  return { key, a: mean(a), b: mean(b) };
}

type Tested = Pick<PairedComparison, "p" | "test" | "p_exact" | "table" | "detectable">;

function testTable(rows: readonly { readonly a: number; readonly b: number }[]): Tested {
  const count = (a: number, b: number) => rows.filter((r) => r.a === a && r.b === b).length;
  const table = { both: count(1, 1), a_only: count(1, 0), b_only: count(0, 1), neither: count(0, 0) };
  const { exact, midP } = mcnemar(table.a_only, table.b_only);
  const detectable = smallestDifference(rows.length, (table.a_only + table.b_only) / rows.length);
  return { p: midP, test: "mcnemar mid-p", p_exact: exact, table, detectable };
}

function testMeans(differences: readonly number[], rng: Parameters<typeof signFlip>[1]["rng"]): Tested {
  return {
    p: signFlip(differences, { rng }),
    test: "sign-flip permutation",
    detectable: smallestMeanDifference(differences),
  };
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
