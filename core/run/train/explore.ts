import type { TrainStage } from "../../config/pipeline.ts";
import type { Example } from "../../domain/batch.ts";
import type { Group } from "../../domain/group.ts";
import type { Iteration } from "../../record/run-folder.ts";
import type { Slot } from "../../record/slot.ts";
import { mapLimited } from "../../util/limit.ts";
import type { RunContext } from "../context/run-context.ts";
import type { Totals } from "../context/totals.ts";
import { exploreSlot } from "./explore-slot.ts";
import type { Explored } from "./explored.ts";
import { slotEpisodes } from "./slot-episodes.ts";

export interface ExploreOptions {
  readonly stage: TrainStage;
  readonly it: Iteration;
  /** The totals this iteration starts from. */
  readonly before: Totals;
}

/**
 * Explores waves of `tasks_per_iteration` slots until `min_groups` groups carry gradient or `max_waves` are spent; slots
 * that are already on disk are read back. A wave is always explored whole and only whole waves decide about the next one,
 * so which tasks are drawn depends neither on `concurrency` nor on where a run was interrupted.
 */
export async function explore(ctx: RunContext, { stage, it, before }: ExploreOptions): Promise<Explored> {
  const algorithm = ctx.built.algorithm!;
  const kept = new Map((await it.readSlots()).map((slot) => [slot.id, slot]));
  const slots: Slot[] = [];
  const examples = new Map<Group, readonly Example[]>();
  let waves = 0;
  for (let live = 0; waves === 0 || waves < stage.max_waves && live < stage.min_groups; waves++) {
    const first = slots.length;
    const tasks = Array.from(
      { length: stage.tasks_per_iteration },
      (_, i) => ctx.built.tasks.draw({ split: stage.split, index: before.nextTask + first + i, seed: stage.task_seed }),
    );
    const wave = await mapLimited(tasks, ctx.pipeline.concurrency, async (task, i) => {
      const id = `i${it.n}.s${first + i}`;
      const known = kept.get(id);
      const slot = known ?? await exploreSlot(ctx, { id, task, policyVersion: before.iteration });
      if (!known) await it.writeSlot(slot);
      for (const episode of slotEpisodes(slot, it.n)) await ctx.folder.episode(episode);
      await ctx.emit({ type: "slot", iteration: it.n, done: first + i + 1, of: first + tasks.length });
      return slot;
    });
    slots.push(...wave);
    for (const group of wave.flatMap((slot) => slot.groups)) {
      const taught = algorithm.credit(group);
      examples.set(group, taught);
      if (taught.length > 0) live++;
    }
  }
  return { slots, examples, waves };
}
