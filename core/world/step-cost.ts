/** Milliseconds spent per part of a step, summed over steps; for the cost report only. */
export interface StepCost {
  readonly steps: number;
  readonly forkMs: number;
  readonly actMs: number;
  readonly settleMs: number;
  readonly observeMs: number;
}

export const noCost: StepCost = { steps: 0, forkMs: 0, actMs: 0, settleMs: 0, observeMs: 0 };

/** The sum of two costs; what is absent counts nothing. */
export function addCost(a: StepCost, b: Partial<StepCost>): StepCost {
  return {
    steps: a.steps + (b.steps ?? 0),
    forkMs: a.forkMs + (b.forkMs ?? 0),
    actMs: a.actMs + (b.actMs ?? 0),
    settleMs: a.settleMs + (b.settleMs ?? 0),
    observeMs: a.observeMs + (b.observeMs ?? 0),
  };
}
