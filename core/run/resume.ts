import { askTrainer } from "./context/ask-trainer.ts";
import type { RunContext } from "./context/run-context.ts";

/**
 * Puts trainer, policy and totals where the last COMMIT left them. Work after it is found on disk by the stages
 * themselves: finished slots, a sealed batch, finished evaluation episodes.
 */
export async function restoreLastCommit(ctx: RunContext): Promise<void> {
  const { folder, built: { trainer, policy }, progress } = ctx;
  const last = await folder.lastCommit();
  if (!last) return;
  const { adapter, ...totals } = last;
  const it = folder.iteration(totals.iteration);
  await it.checkFiles();
  const batch = async (seq: number) => {
    const sealed = await folder.iteration(seq).readBatch();
    if (!sealed) throw new TypeError(`iteration ${seq} was committed without a batch`);
    return sealed;
  };
  await askTrainer(ctx, { call: "restore" }, async (o) => await trainer?.restore(it.statePath, { ...o, batch }));
  const adopted = { ...adapter, dir: it.adapterPath };
  await askTrainer(ctx, { part: "policy", call: "adopt" }, async (o) => await policy.adopt?.(adopted, o));
  progress.totals = totals;
}
