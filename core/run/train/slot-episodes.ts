import { episodesOf } from "../../domain/chains.ts";
import type { EpisodeSummary } from "../../record/episode.ts";
import type { Slot } from "../../record/slot.ts";

/** The episodes of a training slot that came to an end, as the run's list of episodes keeps them. */
export function slotEpisodes(slot: Slot, iteration: number): readonly EpisodeSummary[] {
  const { id, task, policyVersion, groups } = slot;
  return episodesOf(groups).flatMap((branches, k): readonly EpisodeSummary[] => {
    const end = branches.at(-1)?.end;
    if (!end) return [];
    return [{
      id: `${id}#${k}`,
      label: "train",
      iteration,
      taskKey: task.key,
      template: task.template,
      split: task.split,
      optimum: task.optimum,
      goal: task.goal.text,
      steps: branches.length,
      stop: end.stop,
      success: end.verdict.success,
      verdict: end.verdict,
      reward: branches.reduce((sum, b) => sum + (b.reward ?? 0), 0),
      policyVersion,
    }];
  });
}
