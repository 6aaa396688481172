import type { TrainStage } from "../config/pipeline.ts";
import type { Adapter, Batch, Example } from "../domain/batch.ts";
import type { Iteration } from "../record/run-folder.ts";
import { HaloError } from "../util/errors.ts";
import { mapLimited } from "../util/limit.ts";
import type { RunContext } from "./context.ts";
import { costMetrics, exploreMetrics } from "./metrics.ts";
import { recordSlotEpisodes } from "./records.ts";
import { exploreSlot, type Slot } from "./slot.ts";

/** Progress of a run at a COMMIT; what a resume starts from. */
export interface CommitRecord {
  readonly iteration: number;
  readonly nextTask: number;
  readonly envSteps: number;
  readonly groups: number;
  readonly deadGroups: number;
  readonly trainMs: number;
  /** The published adapter; its folder is the iteration's own. */
  readonly adapter: Omit<Adapter, "dir">;
}

/**
 * Trains for `stage.iterations` iterations that follow iteration `after`. Each one: explore, seal the batch, update,
 * checkpoint and publish, COMMIT, adopt. What the run folder already holds is not done again.
 */
export async function train(ctx: RunContext, stage: TrainStage, after: number): Promise<void> {
  for (let n = Math.max(after, ctx.totals.iteration) + 1; n <= after + stage.iterations; n++) {
    const start = performance.now();
    const it = ctx.folder.iteration(n);
    const explored = await explore(ctx, stage, it);
    const batch = await it.readBatch() ?? await seal(ctx, it, explored.slots);
    const { metrics, adapter } = await update(ctx, it, batch);
    const { totals } = ctx;
    const seen = exploreMetrics(explored.slots);
    const envSteps = explored.slots.reduce((sum, s) => sum + s.envSteps, 0);
    totals.envSteps += envSteps;
    totals.groups += seen.groups;
    totals.deadGroups += Object.values(seen.dead).reduce((sum, count) => sum + count, 0);
    totals.nextTask += explored.slots.length;
    totals.iteration = n;
    totals.trainMs += performance.now() - start;
    await it.commit(commitRecord(ctx, adapter));
    await ctx.built.policy.adopt?.(adapter, ctx);
    const report = { iteration: n, of: after + stage.iterations, env_steps: envSteps, dead: seen.dead };
    const all = { ...seen.metrics, ...metrics, ...costMetrics(totals.cost), "time/train_s": totals.trainMs / 1000 };
    await ctx.folder.metrics(n, all);
    await ctx.emit({ type: "iteration", ...report, metrics: all });
    const limit = ctx.pipeline.limits.env_steps;
    if (limit > 0 && totals.envSteps >= limit) {
      throw new HaloError("HALO_LIMIT_ENV_STEPS", `${totals.envSteps} environment steps, the limit is ${limit}`, {
        hint: "the run can be resumed with a higher `limits.env_steps`",
      });
    }
  }
}

/** Explores waves of slots until enough groups carry gradient; slots that are already on disk are read back. */
async function explore(
  ctx: RunContext,
  stage: TrainStage,
  it: Iteration,
): Promise<{ readonly slots: readonly Slot[] }> {
  const kept = new Map((await it.readSlots<Slot>()).map((s) => [s.slot, s]));
  const slots: Slot[] = [];
  for (let wave = 0; wave < stage.max_waves; wave++) {
    const indexes = Array.from({ length: stage.tasks_per_iteration }, (_, i) => slots.length + i);
    const found = await mapLimited(indexes, ctx.pipeline.concurrency, async (i) => {
      const id = `i${it.n}.s${i}`;
      const known = kept.get(id);
      const slot = known ?? await exploreSlot(ctx, trainTask(ctx, stage, i), id);
      if (!known) await it.writeSlot(id, slot);
      await recordSlotEpisodes(ctx, it.n, slot);
      await ctx.emit({ type: "slot", iteration: it.n, done: i + 1, of: stage.tasks_per_iteration * (wave + 1) });
      return slot;
    });
    slots.push(...found);
    const algorithm = ctx.built.algorithm!;
    const live = slots.flatMap((s) => s.groups).filter((g) => algorithm.credit(g).length > 0).length;
    if (live >= stage.min_groups) break;
  }
  return { slots };
}

function trainTask(ctx: RunContext, stage: TrainStage, i: number) {
  return ctx.built.tasks.draw({ split: stage.split, index: ctx.totals.nextTask + i, seed: stage.task_seed });
}

/** Assigns credit and makes the batch durable: from here on this iteration's update is fixed. */
async function seal(ctx: RunContext, it: Iteration, slots: readonly Slot[]): Promise<Batch> {
  const algorithm = ctx.built.algorithm!;
  const examples: Example[] = slots.flatMap((s) => s.groups).flatMap((g) => [...algorithm.credit(g)]);
  const batch: Batch = {
    seq: it.n,
    policyVersion: ctx.totals.iteration,
    seed: ctx.rng.derive("batch", it.n).int(2 ** 31),
    loss: algorithm.loss,
    examples,
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
  const { iteration, nextTask, envSteps, groups, deadGroups, trainMs } = ctx.totals;
  return { iteration, nextTask, envSteps, groups, deadGroups, trainMs, adapter: { format, base, version, sha256 } };
}
