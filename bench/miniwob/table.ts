import { percent } from "../../core/cli/report/lines.ts";
import type { Evaluation } from "../../core/record/events.ts";
import { wilson } from "../../core/stats/wilson.ts";
import { published } from "./published.ts";

/** One task of the published table beside what was learned here. */
export interface TableRow {
  readonly task: string;
  readonly successes: number;
  readonly n: number;
  readonly published: readonly [successes: number, n: number];
  /** True when the published rate is at or below the upper end of the 95 % Wilson interval. */
  readonly isReached: boolean;
}

/** Why the linear policy misses a row, where that is known of its features. */
export const reasons: Readonly<Record<string, string>> = {
  "click-checkboxes-soft":
    "which words mean the same stands nowhere on the page; each of 600 pairs would have to be met (published: frozen embedding)",
  "click-tab-2-hard": "the link's tab is not to be known before it is opened; links look like text",
};

/** The rows of a suite, in the order of the published table. */
export function rowsOf(suite: string, { by_template }: Evaluation): readonly TableRow[] {
  return Object.entries(published[suite]!).map(([task, rate]): TableRow => {
    const { successes, n } = by_template[task] ?? { successes: 0, n: 0 };
    const [, high] = wilson(successes, n);
    return { task, successes, n, published: rate, isReached: n > 0 && high >= rate[0] / rate[1] };
  });
}

/** One line for people. */
export function lineOf({ task, successes, n, published: [wanted, of], isReached }: TableRow): string {
  const [low, high] = wilson(successes, n);
  const reason = isReached ? "" : `: ${reasons[task] ?? "not learned in these iterations"}`;
  return `  ${task.padEnd(28)} ${successes}/${n} [${percent(low)}, ${percent(high)}]  published ${wanted}/${of}  ` +
    `${isReached ? "reached" : "missed"}${reason}`;
}
