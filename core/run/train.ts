import type { TrainStage } from "../config/pipeline.ts";
import type { Adapter, Batch, Example } from "../domain/batch.ts";
import type { Group } from "../domain/group.ts";
import type { CommitRecord } from "../record/commit.ts";
import type { Slot } from "../record/slot.ts";
import type { Iteration } from "../record/run-folder.ts";
import { HaloError } from "../util/errors.ts";
import { mapLimited } from "../util/limit.ts";
import type { RunContext, Totals } from "./context.ts";
import { costMetrics, exploreMetrics } from "./metrics.ts";
import { recordSlotEpisodes } from "./records.ts";
import { Silence } from "./silence.ts";
import { exploreSlot } from "./slot.ts";
import { treeRecords } from "./tree-records.ts";

/**
 * Trains until the stage's iterations or environment steps are spent. Each iteration: explore, seal the batch, update,
 * checkpoint and publish, COMMIT, adopt. What the run folder already holds is not done again.
 */
export async function train(ctx: RunContext, stage: TrainStage, index: number): Promise<void> {
  const { totals } = ctx;
  if (index < totals.stage.index) return; // A resumed run that has committed an iteration of a later stage.
  if (index > totals.stage.index) totals.stage = { index, iteration: totals.iteration, envSteps: totals.envSteps };
  const silence = new Silence(ctx.built.rewards.map(({ name }) => name));
  while (isDue(stage, totals)) {
    ctx.signal.throwIfAborted();
    checkLimit(ctx);
    const start = performance.now();
    const n = totals.iteration + 1;
    const it = ctx.folder.iteration(n);
    const explored = await explore(ctx, stage, it);
    const batch = await it.readBatch() ?? await seal(ctx, it, explored);
    const { metrics, adapter } = await update(ctx, it, batch);
    const seen = exploreMetrics(explored);
    const envSteps = explored.slots.reduce((sum, s) => sum + s.envSteps, 0);
    totals.envSteps += envSteps;
    totals.groups += seen.groups;
    totals.deadGroups += Object.values(seen.dead).reduce((sum, count) => sum + count, 0);
    totals.nextTask += explored.slots.length;
    totals.iteration = n;
    totals.trainMs += performance.now() - start;
    await it.commit(commitRecord(ctx, adapter));
    await ctx.built.policy.adopt?.(adapter, ctx);
    const report = { iteration: n, ...progress(stage, totals), env_steps: envSteps, dead: seen.dead };
    const { policy, critic } = ctx.built;
    const all = {
      ...seen.metrics,
      ...metrics,
      ...policy.metrics?.(),
      ...critic?.metrics?.(),
      ...costMetrics(totals.cost),
      "time/train_s": totals.trainMs / 1000,
    };
    await ctx.folder.metrics(n, all);
    await ctx.emit({ type: "iteration", ...report, metrics: all });
    for (const message of silence.next(explored)) await ctx.emit({ type: "warning", message });
  }
}

/** No iteration starts at or past the limit; one that does is finished. */
function checkLimit({ pipeline, totals }: RunContext): void {
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

function progress({ iterations, env_steps }: TrainStage, { stage: from, envSteps }: Totals) {
  return {
    ...iterations !== undefined && { of: from.iteration + iterations },
    ...env_steps !== undefined && { budget: { done: envSteps - from.envSteps, of: env_steps } },
  };
}

/** What an iteration explored, in slot order. */
export interface Explored {
  readonly slots: readonly Slot[];
  /** What each group teaches; nothing for a dead one. */
  readonly examples: ReadonlyMap<Group, readonly Example[]>;
  readonly waves: number;
}

/**
 * Explores waves of `tasks_per_iteration` slots until `min_groups` groups carry gradient or `max_waves` are spent; slots
 * that are already on disk are read back. A wave is always explored whole and only whole waves decide about the next one,
 * so which tasks are drawn depends neither on `concurrency` nor on where a run was interrupted.
 */
async function explore(ctx: RunContext, stage: TrainStage, it: Iteration): Promise<Explored> {
  const algorithm = ctx.built.algorithm!;
  const kept = new Map((await it.readSlots()).map((s) => [s.id, s]));
  const slots: Slot[] = [];
  const examples = new Map<Group, readonly Example[]>();
  let waves = 0;
  for (let live = 0; waves === 0 || waves < stage.max_waves && live < stage.min_groups; waves++) {
    const indexes = Array.from({ length: stage.tasks_per_iteration }, (_, i) => slots.length + i);
    const found = await mapLimited(indexes, ctx.pipeline.concurrency, async (i) => {
      const id = `i${it.n}.s${i}`;
      const known = kept.get(id);
      const slot = known ?? await exploreSlot(ctx, trainTask(ctx, stage, i), id);
      if (!known) await it.writeSlot(slot);
      await recordSlotEpisodes(ctx, it.n, slot);
      await ctx.emit({ type: "slot", iteration: it.n, done: i + 1, of: indexes.at(-1)! + 1 });
      return slot;
    });
    slots.push(...found);
    for (const group of found.flatMap((slot) => slot.groups)) {
      const taught = algorithm.credit(group);
      examples.set(group, taught);
      if (taught.length > 0) live++;
    }
  }
  return { slots, examples, waves };
}

function trainTask(ctx: RunContext, stage: TrainStage, i: number) {
  return ctx.built.tasks.draw({ split: stage.split, index: ctx.totals.nextTask + i, seed: stage.task_seed });
}

/** Makes the batch durable, examples in slot order: from here on this iteration's update is fixed. */
async function seal(ctx: RunContext, it: Iteration, explored: Explored): Promise<Batch> {
  const trees = [...explored.examples].flatMap(([group, taught]) => treeRecords(group, taught));
  if (trees.length > 0) await it.writeTrees(trees);
  const batch: Batch = {
    seq: it.n,
    policyVersion: ctx.totals.iteration,
    temperature: ctx.built.algorithm!.temperature,
    seed: ctx.rng.derive("batch", it.n).int(2 ** 31),
    loss: ctx.built.algorithm!.loss,
    examples: [...explored.examples.values()].flat(),
  };
  await it.sealBatch(batch);
  return batch;
}

async function update(
  ctx: RunContext,
  it: Iteration,
  batch: Batch,
): Promise<{ readonly metrics: Readonly<Record<string, number>>; readonly adapter: Adapter }> {
  const trainer = ctx.built.trainer!;
  const start = performance.now();
  const { metrics } = await trainer.update(batch, ctx);
  const updateS = (performance.now() - start) / 1000;
  await trainer.checkpoint(await it.stateDir(), ctx);
  const adapter = await trainer.publish(await it.adapterDir(), ctx);
  if (adapter.version !== it.n) {
    throw new HaloError("HALO_TRAINER_VERSION", `the trainer published version ${adapter.version}, expected ${it.n}`, {
      hint: "publish() must name the adapter after the last applied batch's seq",
    });
  }
  return { metrics: { ...metrics, "time/update_s": updateS }, adapter };
}

function commitRecord(ctx: RunContext, { format, base, version, sha256 }: Adapter): CommitRecord {
  const { cost: _, ...counters } = ctx.totals;
  return { ...counters, adapter: { format, base, version, sha256 } };
}
