import type { Counters } from "../../record/commit.ts";

/** Where a run stands: a value, replaced as a whole at each COMMIT. `iteration` names the weights in force. */
export type Totals = Counters;

/** Counters of a run that begins. */
export const freshTotals: Totals = {
  iteration: 0,
  nextTask: 0,
  envSteps: 0,
  groups: 0,
  deadGroups: 0,
  trainMs: 0,
  stage: { index: -1, iteration: 0, envSteps: 0 },
};

/** What one training iteration adds. */
export interface IterationCounts {
  readonly tasks: number;
  readonly envSteps: number;
  readonly groups: number;
  readonly deadGroups: number;
  readonly trainMs: number;
}

/** The counters after one more iteration. */
export function totalsAfter(before: Totals, added: IterationCounts): Totals {
  return {
    iteration: before.iteration + 1,
    nextTask: before.nextTask + added.tasks,
    envSteps: before.envSteps + added.envSteps,
    groups: before.groups + added.groups,
    deadGroups: before.deadGroups + added.deadGroups,
    trainMs: before.trainMs + added.trainMs,
    stage: before.stage,
  };
}

/** The counters as the train stage with this index goes on from them; undefined when a later stage is at work already. */
export function enterStage(totals: Totals, index: number): Totals | undefined {
  if (index < totals.stage.index) return undefined;
  if (index === totals.stage.index) return totals;
  return { ...totals, stage: { index, iteration: totals.iteration, envSteps: totals.envSteps } };
}
