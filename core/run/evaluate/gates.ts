import type { CompareStage, EvaluateStage } from "../../config/pipeline.ts";
import type { Comparison, Evaluation, Gate } from "../../record/events.ts";

/** What an evaluation had to reach. */
export function evaluationGates({ label, gate = {} }: EvaluateStage, e: Evaluation): readonly Gate[] {
  return [
    ...atLeast(`${label}.min_success_rate`, gate.min_success_rate, e.success_rate),
    ...atLeast(`${label}.min_ci_low`, gate.min_ci_low, e.ci95[0]),
  ];
}

/** What a comparison had to show. */
export function comparisonGates({ gate = {} }: Pick<CompareStage, "gate">, c: Comparison): readonly Gate[] {
  const name = `${c.label_a}→${c.label_b}`;
  return [...atLeast(`${name}.min_delta`, gate.min_delta, c.delta), ...atMost(`${name}.max_p`, gate.max_p, c.p)];
}

function atLeast(name: string, limit: number | undefined, value: number): readonly Gate[] {
  return limit === undefined ? [] : [{ name, ok: value >= limit, limit, value }];
}

function atMost(name: string, limit: number | undefined, value: number): readonly Gate[] {
  return limit === undefined ? [] : [{ name, ok: value <= limit, limit, value }];
}
