import type { RunContext } from "./context.ts";

/**
 * Puts trainer, policy and counters where the last COMMIT left them. Work after it is found on disk by the stages
 * themselves: finished slots, a sealed batch, finished evaluation episodes.
 */
export async function restoreLastCommit(ctx: RunContext): Promise<void> {
  const last = await ctx.folder.lastCommit();
  if (!last) return;
  const { adapter, iteration, ...counters } = last;
  const it = ctx.folder.iteration(iteration);
  const batch = async (seq: number) => {
    const sealed = await ctx.folder.iteration(seq).readBatch();
    if (!sealed) throw new TypeError(`iteration ${seq} was committed without a batch`);
    return sealed;
  };
  await ctx.built.trainer?.restore(it.statePath, { signal: ctx.signal, batch });
  await ctx.built.policy.adopt?.({ ...adapter, dir: it.adapterPath }, ctx);
  Object.assign(ctx.totals, counters, { iteration });
}
