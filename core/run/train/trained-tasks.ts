import type { TrainedTask } from "../../domain/curriculum.ts";
import type { EpisodeSummary } from "../../record/episode.ts";
import { byNumbers } from "../../util/by-numbers.ts";

/** What recorded episodes say of the tasks that were trained on, in the order of their slots. */
export function trainedTasks(episodes: readonly EpisodeSummary[]): readonly TrainedTask[] {
  const ofTraining = episodes.filter(({ label }) => label === "train").sort((a, b) => byNumbers(a.id, b.id));
  const bySlot = Map.groupBy(ofTraining, ({ id }) => id.slice(0, id.indexOf("#")));
  return [...bySlot.values()].map((slot) => {
    const { taskKey, template, iteration = 0 } = slot[0]!;
    return {
      taskKey,
      template,
      iteration,
      episodes: slot.length,
      successes: slot.filter(({ success }) => success).length,
      meanReward: slot.reduce((sum, { reward }) => sum + reward, 0) / slot.length,
    };
  });
}

/** The same of a run's episodes up to an iteration: what an interrupted one left behind later is not known yet. */
export function trainedUpTo(episodes: readonly EpisodeSummary[], last: number): readonly TrainedTask[] {
  return trainedTasks(episodes.filter(({ iteration = 0 }) => iteration <= last));
}
