import type { CompareStage } from "../../config/pipeline.ts";
import type { EpisodeSummary } from "../../record/episode.ts";
import type { Comparison } from "../../record/events.ts";
import { type Arm, compareArms } from "../../report/compare-arms.ts";

/** Compares two labels of one run, paired by task key; the first is the baseline. */
export function compareStage(stage: CompareStage, episodes: readonly EpisodeSummary[]): Comparison {
  const arm = (label: string): Arm => ({ label, episodes: episodes.filter((e) => e.label === label) });
  return compareArms(arm(stage.a), arm(stage.b));
}
