import type { TrainStage } from "../../config/pipeline.ts";
import type { Example } from "../../domain/batch.ts";
import type { TrainedTask } from "../../domain/curriculum.ts";
import type { Group } from "../../domain/group.ts";
import type { Iteration } from "../../record/run-folder.ts";
import type { Slot } from "../../record/slot.ts";
import { mapLimited } from "../../util/limit.ts";
import type { RunContext } from "../context/run-context.ts";
import type { Totals } from "../context/totals.ts";
import type { FaultyTasks } from "../context/faulty-tasks.ts";
import { drawWave } from "./draw-wave.ts";
import { exploreSlot, type SlotOptions } from "./explore-slot.ts";
import type { Explored } from "./explored.ts";
import { slotEpisodes } from "./slot-episodes.ts";
import { trainedTasks } from "./trained-tasks.ts";

export interface ExploreOptions {
  readonly stage: TrainStage;
  readonly it: Iteration;
  /** The totals this iteration starts from. */
  readonly before: Totals;
  /** What came of the tasks of earlier iterations. */
  readonly trainedBefore: readonly TrainedTask[];
  readonly faulty: FaultyTasks;
}

/**
 * Explores waves of `tasks_per_iteration` slots until `min_groups` groups carry gradient or `max_waves` are spent; slots
 * that are already on disk are read back. A wave is always explored whole and only whole waves decide about the next one,
 * so which tasks are drawn depends neither on `concurrency` nor on where a run was interrupted; a curriculum is told what
 * whole waves came to, and nothing of the wave at hand.
 */
export async function explore(ctx: RunContext, o: ExploreOptions): Promise<Explored> {
  const { stage, it, before, trainedBefore, faulty } = o;
  const algorithm = ctx.built.algorithm!;
  const kept = new Map((await it.readSlots()).map((slot) => [slot.id, slot]));
  const policyVersion = before.iteration;
  const planned = Math.max(stage.iterations ?? 1, policyVersion - before.stage.iteration + 1) *
    stage.tasks_per_iteration;
  const slots: Slot[] = [];
  const trained: TrainedTask[] = [];
  const examples = new Map<Group, readonly Example[]>();
  let waves = 0;
  for (let live = 0; waves === 0 || waves < stage.max_waves && live < stage.min_groups; waves++) {
    const first = slots.length;
    const tasks = drawWave(ctx.built.curriculum, {
      n: stage.tasks_per_iteration,
      split: stage.split,
      seed: stage.task_seed,
      drawn: before.nextTask + first,
      trained: [...trainedBefore, ...trained],
      tasks: ctx.built.tasks,
      rng: ctx.rng.derive("curriculum", it.n, waves),
    });
    const wave = await mapLimited(tasks, ctx.pipeline.concurrency, async (task, i) => {
      const id = `i${it.n}.s${first + i}`;
      const due = { id, task, policyVersion };
      const play = () => exploreAndKeep(ctx, it, due);
      const slot = kept.get(id) ?? await faulty.unlessFaulty(due, { planned }, play) ?? nothingOf(due);
      for (const episode of slotEpisodes(slot, it.n)) await ctx.folder.episode(episode);
      await ctx.emit({ type: "slot", iteration: it.n, done: first + i + 1, of: first + tasks.length });
      return slot;
    });
    await faulty.keep();
    slots.push(...wave);
    trained.push(...trainedTasks(wave.flatMap((slot) => slotEpisodes(slot, it.n))));
    for (const group of wave.flatMap((slot) => slot.groups)) {
      const taught = algorithm.credit(group);
      examples.set(group, taught);
      if (taught.length > 0) live++;
    }
  }
  return { slots, examples, waves, trained };
}

/** The slot of a task that was set aside: its number is spent, and nothing is learned from it. */
const nothingOf = (o: Pick<Slot, "id" | "task" | "policyVersion">): Slot => ({ ...o, groups: [], envSteps: 0 });

/** A slot on disk, the pages that were met before it. */
async function exploreAndKeep(ctx: RunContext, it: Iteration, o: SlotOptions): Promise<Slot> {
  const pages = ctx.pagesOf.train?.();
  const slot = await exploreSlot(ctx, { ...o, onPoint: pages?.add });
  await pages?.keep(slot.id, slot.task);
  await it.writeSlot(slot);
  return slot;
}
