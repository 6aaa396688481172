import type { TrainStage } from "../../config/pipeline.ts";
import { HaloError } from "../../util/errors.ts";
import type { RunContext } from "../context/run-context.ts";
import { askTrainer } from "../context/ask-trainer.ts";
import { FaultyTasks } from "../context/faulty-tasks.ts";
import { enterStage, type Totals, totalsAfter } from "../context/totals.ts";
import { commitRecord } from "./commit-record.ts";
import { explore } from "./explore.ts";
import { countsOf } from "./metrics.ts";
import { seal } from "./seal.ts";
import { tell } from "./tell.ts";
import { trainedUpTo } from "./trained-tasks.ts";
import { TrainingWatch } from "./training-watch.ts";
import { update } from "./update.ts";

/**
 * Trains until the stage's iterations or environment steps are spent. An iteration is
 *
 *   explore  waves of tasks, each task slot on disk once it is whole            draw-wave.ts, explore.ts, explore-slot.ts
 *   seal     the batch on disk: from here on the update is fixed                seal.ts
 *   update   the trainer learns, writes its checkpoint, publishes the adapter   update.ts
 *   commit   COMMIT on disk: the iteration counts                               commit-record.ts
 *   adopt    the policy samples from the new adapter
 *   tell     metrics, progress and warnings                                     tell.ts, metrics.ts, training-watch.ts
 *
 * What the run folder already holds is not done again. The number of the iteration is the batch's `seq` and the version of
 * the weights behind it.
 */
export async function train(ctx: RunContext, stage: TrainStage, index: number): Promise<void> {
  const { progress, built: { policy, rewards } } = ctx;
  const entered = enterStage(progress.totals, index);
  if (!entered) return;
  progress.totals = entered;
  let trained = trainedUpTo(await ctx.folder.episodes(), entered.iteration);
  const faulty = await FaultyTasks.open(ctx, "train");
  const watch = new TrainingWatch(rewards.map(({ name }) => name));
  while (isDue(stage, progress.totals)) {
    ctx.signal.throwIfAborted();
    checkLimit(ctx);
    const start = performance.now();
    const before = progress.totals;
    const it = ctx.folder.iteration(before.iteration + 1);
    const explored = await explore(ctx, { stage, it, before, trainedBefore: trained, faulty });
    const batch = await it.readBatch() ?? await seal(ctx, it, explored);
    const { adapter, metrics } = await update(ctx, it, batch);
    const after = totalsAfter(before, { ...countsOf(explored), trainMs: performance.now() - start });
    await it.commit(commitRecord(after, adapter));
    progress.totals = after;
    trained = [...trained, ...explored.trained];
    await askTrainer(ctx, { part: "policy", call: "adopt" }, async (o) => await policy.adopt?.(adapter, o));
    await tell(ctx, { stage, totals: after, explored, update: metrics, watch });
  }
}

/** No iteration starts at or past the limit; one that does is finished. */
function checkLimit({ pipeline, progress: { totals } }: RunContext): void {
  const limit = pipeline.limits.env_steps;
  if (limit === 0 || totals.envSteps < limit) return;
  throw new HaloError("HALO_LIMIT_ENV_STEPS", `${totals.envSteps} environment steps, the limit is ${limit}`, {
    hint: "the run can be resumed with a higher `limits.env_steps`",
  });
}

/** Without a number of iterations, steps bound them too: an iteration without any step must not go on for ever. */
function isDue(stage: TrainStage, { stage: from, iteration, envSteps }: Totals): boolean {
  const { env_steps: budget = Infinity, iterations = budget } = stage;
  return iteration - from.iteration < iterations && envSteps - from.envSteps < budget;
}
