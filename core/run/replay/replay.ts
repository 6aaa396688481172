import type { Environment } from "../../domain/environment.ts";
import type { EpisodeSummary } from "../../record/episode.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { pagesOf } from "../../report/episode-page.ts";
import { stepsOf } from "../../report/steps-of.ts";
import { slotFinder } from "../../report/find-group.ts";
import { HaloError, isHaloError } from "../../util/errors.ts";
import { mapLimited } from "../../util/limit.ts";
import type { Grade } from "../../domain/task.ts";
import { Pages } from "../../world/pages.ts";
import { retry } from "../../util/retry.ts";
import { type Recorded, type ReplayContext, type Replayed, replayEpisode } from "./replay-episode.ts";

/** An episode that was played again, or what kept it from being played. */
export type Outcome = Replayed | {
  readonly id: string;
  readonly fault: { readonly code: string; readonly message: string };
};

export interface ReplayOptions extends Omit<ReplayContext, "pages"> {
  readonly run: RunFolder;
  /** The task source's own rule, where it has one. */
  readonly grade?: Grade | undefined;
  readonly warn: (message: string) => void;
  readonly retries: number;
  readonly concurrency: number;
}

/**
 * Plays episodes of a run again, in their order; those of which the run keeps no pages are left out. An environment that
 * fails, again and again, is a fault and says nothing about the pages.
 */
export async function replay(
  episodes: readonly EpisodeSummary[],
  o: ReplayOptions,
): Promise<{ readonly outcomes: readonly Outcome[]; readonly unpaged: readonly string[] }> {
  const recorded = await recordedEpisodes(episodes, o.run);
  const known = new Set(recorded.map(({ summary }) => summary.id));
  const unpaged = episodes.flatMap(({ id }) => known.has(id) ? [] : [id]);
  const { environment, grade, limitMs, warn } = o;
  const pages = new Pages(environment, { grade, limitMs, warn });
  try {
    const outcomes = await mapLimited(recorded, o.concurrency, (one) => outcomeOf(one, { ...o, pages }));
    return { outcomes, unpaged };
  } finally {
    await pages.close();
  }
}

async function outcomeOf(one: Recorded, o: ReplayContext & Pick<ReplayOptions, "retries">): Promise<Outcome> {
  try {
    return await retry(() => replayEpisode(one, o), { retries: o.retries, signal: o.signal, isRetryable: isHaloError });
  } catch (e) {
    o.signal.throwIfAborted();
    if (!isHaloError(e)) throw e;
    return { id: one.summary.id, fault: { code: e.code, message: e.message } };
  }
}

async function recordedEpisodes(episodes: readonly EpisodeSummary[], run: RunFolder): Promise<readonly Recorded[]> {
  const findSlot = slotFinder(run);
  const recorded: Recorded[] = [];
  for (const summary of episodes) {
    const seen = await run.readPages(pagesOf(summary));
    const root = seen?.points.find(({ depth }) => depth === 0);
    if (!seen || !root?.mark) continue;
    const steps = await stepsOf(summary, { run, findSlot });
    recorded.push({ summary, steps, seen, root: { ...root, mark: root.mark } });
  }
  return recorded;
}

/** Throws HALO_REPLAY_IMPOSSIBLE for an environment in which playing again changes more than its pages. */
export function checkReplayable({ sideEffects }: Pick<Environment, "sideEffects">, name: string): void {
  if (sideEffects === "none") return;
  throw new HaloError("HALO_REPLAY_IMPOSSIBLE", `the environment "${name}" acts on a server, for good`, {
    hint: "only environments with `sideEffects: none` are played again",
  });
}
