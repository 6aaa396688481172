import type { TrainStage } from "../../config/pipeline.ts";
import type { RunContext } from "../context/run-context.ts";
import type { Totals } from "../context/totals.ts";
import type { Explored } from "./explored.ts";
import { deadGroups, envStepsOf, metricsOf } from "./metrics.ts";
import type { TrainingWatch } from "./training-watch.ts";

export interface TellOptions {
  readonly stage: TrainStage;
  /** The totals of the COMMIT. */
  readonly totals: Totals;
  readonly explored: Explored;
  /** What the trainer said of its update. */
  readonly update: Readonly<Record<string, number>>;
  readonly watch: TrainingWatch;
}

/** Records the metrics of a committed iteration, reports its progress, and warns of what fails without an error. */
export async function tell(ctx: RunContext, { stage, totals, explored, update, watch }: TellOptions): Promise<void> {
  const { iteration } = totals;
  const metrics = metricsOf(ctx, { explored, update, totals });
  await ctx.folder.metrics(iteration, metrics);
  const report = {
    iteration,
    ...progressIn(stage, totals),
    env_steps: envStepsOf(explored),
    dead: deadGroups(explored),
  };
  await ctx.emit({ type: "iteration", ...report, metrics });
  for (const message of watch.next(explored)) await ctx.emit({ type: "warning", message });
}

function progressIn({ iterations, env_steps }: TrainStage, { stage: from, envSteps }: Totals) {
  return {
    ...iterations !== undefined && { of: from.iteration + iterations },
    ...env_steps !== undefined && { budget: { done: envSteps - from.envSteps, of: env_steps } },
  };
}
