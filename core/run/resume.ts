import type { RunContext } from "./context/run-context.ts";

/**
 * Puts trainer, policy and totals where the last COMMIT left them. Work after it is found on disk by the stages
 * themselves: finished slots, a sealed batch, finished evaluation episodes.
 */
export async function restoreLastCommit({ folder, built, signal, progress }: RunContext): Promise<void> {
  const last = await folder.lastCommit();
  if (!last) return;
  const { adapter, ...totals } = last;
  const it = folder.iteration(totals.iteration);
  const batch = async (seq: number) => {
    const sealed = await folder.iteration(seq).readBatch();
    if (!sealed) throw new TypeError(`iteration ${seq} was committed without a batch`);
    return sealed;
  };
  await built.trainer?.restore(it.statePath, { signal, batch });
  await built.policy.adopt?.({ ...adapter, dir: it.adapterPath }, { signal });
  progress.totals = totals;
}
