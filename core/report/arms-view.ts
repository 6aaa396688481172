import type { Spending } from "../domain/budget.ts";
import type { Comparison, Done, Evaluation } from "../record/events.ts";
import { holm } from "../stats/holm.ts";
import { comparisonVerdict } from "./comparison-view.ts";

/** One evaluation of an arm beside the same one of the first arm. */
export interface ArmRow {
  readonly evaluation: Evaluation;
  /** Against the first arm; absent in the first arm's own rows. */
  readonly against?: Pick<Comparison, "delta" | "ci95">;
  /** Adjusted for the number of comparisons by Holm's method. */
  readonly p?: number;
  readonly spent?: Spending;
}

/** The arms of an A/B run as values to print or draw. */
export interface ArmsView {
  /** Name of the arm that the others are compared with. */
  readonly first: string;
  readonly isAdjusted: boolean;
  readonly rows: readonly ArmRow[];
  readonly verdicts: readonly { readonly a: string; readonly b: string; readonly n: number; readonly text: string }[];
}

/** All arms side by side: what each solved, how it compares with the first, what it cost; then the verdicts. */
export function armsView(
  { evaluations, comparisons, arms = [] }: Pick<Done, "evaluations" | "comparisons" | "arms">,
): ArmsView {
  const adjusted = holm(comparisons.map((c) => c.p));
  const rows = evaluations.map((evaluation): ArmRow => {
    const i = comparisons.findIndex((c) => c.label_b === evaluation.label);
    const c = comparisons[i];
    const spent = arms.find(({ name }) => evaluation.label.startsWith(`${name}/`))?.spent;
    return {
      evaluation,
      ...(c && { against: { delta: c.delta, ci95: c.ci95 }, p: adjusted[i]! }),
      ...(spent && { spent }),
    };
  });
  const verdicts = comparisons.map((c, i) => {
    const isLost = c.p < 0.05 && adjusted[i]! >= 0.05;
    const text = isLost ? `no difference shown among ${comparisons.length} comparisons` : comparisonVerdict(c);
    return { a: c.label_a, b: c.label_b, n: c.n, text };
  });
  return { first: evaluations[0]?.label.split("/")[0] ?? "", isAdjusted: comparisons.length > 1, rows, verdicts };
}
