import type { Adapter, Batch } from "../../domain/batch.ts";
import type { Iteration } from "../../record/run-folder.ts";
import { HaloError } from "../../util/errors.ts";
import { askTrainer } from "../context/ask-trainer.ts";
import type { RunContext } from "../context/run-context.ts";

/** The adapter that a batch led to, and what the trainer says of the update. */
export interface Updated {
  readonly adapter: Adapter;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Trains on a sealed batch, then writes the trainer's checkpoint and the adapter into fresh folders of the iteration. */
export async function update(ctx: RunContext, it: Iteration, batch: Batch): Promise<Updated> {
  const trainer = ctx.built.trainer!;
  const start = performance.now();
  const { metrics } = await askTrainer(ctx, { call: "update" }, (o) => trainer.update(batch, o));
  const updateS = (performance.now() - start) / 1000;
  await askTrainer(ctx, { call: "checkpoint" }, async (o) => await trainer.checkpoint(await it.stateDir(), o));
  const adapter = await askTrainer(
    ctx,
    { call: "publish" },
    async (o) => await trainer.publish(await it.adapterDir(), o),
  );
  // The trainer's own word is the only sign that these are the weights after this batch.
  if (adapter.version !== batch.seq) {
    throw new HaloError(
      "HALO_TRAINER_VERSION",
      `the trainer published version ${adapter.version}, expected ${batch.seq}`,
      { hint: "publish() must name the adapter after the last applied batch's seq" },
    );
  }
  return { adapter, metrics: { ...metrics, "time/update_s": updateS } };
}
