import type { Edge, Point } from "../domain/point.ts";
import type { EpisodeSummary, StepRecord } from "../record/episode.ts";
import type { RunContext } from "./context.ts";
import type { Slot } from "../record/slot.ts";
import { episodesOf } from "./slot.ts";

/** One step as it is kept: what was seen, said, done and paid. */
export function stepRecord(at: Point, edge: Edge, policyVersion: number): StepRecord {
  const { sample } = edge;
  const past = edge.ok ? edge.to.history.at(-1) : undefined;
  return {
    index: at.depth,
    url: at.observation.url,
    stateKey: at.observation.stateKey,
    text: sample.text,
    parsed: sample.parsed,
    ...(past?.target && { target: past.target }),
    ...(past?.error && { error: past.error }),
    reward: edge.ok ? edge.reward : 0,
    terms: edge.ok ? edge.terms : [],
    ...(sample.logprob !== undefined && { logprob: sample.logprob }),
    policyVersion,
    ...(at.observation.screenshot && { shot: at.observation.screenshot.sha256 }),
  };
}

/** Adds a training slot's episodes to the run's list. Equal ids count once, so a resume may call it again. */
export async function recordSlotEpisodes(ctx: RunContext, iteration: number, slot: Slot): Promise<void> {
  for (const [k, branches] of episodesOf(slot.groups).entries()) {
    const end = branches.at(-1)?.end;
    if (!end) continue;
    const summary: EpisodeSummary = {
      id: `${slot.id}#${k}`,
      label: "train",
      iteration,
      taskKey: slot.task.key,
      template: slot.task.template,
      split: slot.task.split,
      optimum: slot.task.optimum,
      goal: slot.task.goal.text,
      steps: branches.length,
      stop: end.stop,
      success: end.verdict.success,
      verdict: end.verdict,
      reward: branches.reduce((sum, b) => sum + (b.reward ?? 0), 0),
      policyVersion: slot.policyVersion,
    };
    await ctx.folder.episode(summary);
  }
}
