import type { ActionError, Parsed } from "../domain/action.ts";
import type { RewardTerm } from "../domain/reward.ts";
import type { StopReason, Verdict } from "../domain/verdict.ts";
import { actionErrorShape, parsedShape, stopShape, targetShape, termShape, verdictShape } from "./domain-shapes.ts";
import { fileFormat } from "./file-format.ts";
import { count, flag, list, number, object, optional, text } from "./shape.ts";

/** A line of steps.jsonl: what was seen, said, done and paid. */
export interface StepRecord {
  /** Depth of the step, from 0. */
  readonly index: number;
  readonly url: string;
  readonly stateKey: string;
  readonly text: string;
  readonly parsed: Parsed;
  readonly error?: ActionError;
  readonly target?: { readonly role: string; readonly name: string };
  readonly reward: number;
  readonly terms: readonly RewardTerm[];
  readonly logprob?: number;
  readonly policyVersion: number;
  /** sha256 of the screenshot before the action. */
  readonly shot?: string;
}

/** A line of episodes.jsonl: one finished episode. */
export interface EpisodeSummary {
  /** Deterministic: the same work has the same id in every attempt. */
  readonly id: string;
  /** Label of the evaluation, or "train". */
  readonly label: string;
  readonly iteration?: number;
  readonly taskKey: string;
  readonly template: string;
  readonly split: string;
  readonly optimum: number;
  readonly goal: string;
  readonly steps: number;
  readonly stop: StopReason;
  readonly success: boolean;
  readonly verdict: Verdict;
  readonly reward: number;
  readonly policyVersion: number;
}

export const stepFormat = fileFormat<StepRecord>(
  "halo.steps/1",
  object<StepRecord>({
    index: count,
    url: text,
    stateKey: text,
    text,
    parsed: parsedShape,
    error: optional(actionErrorShape),
    target: optional(targetShape),
    reward: number,
    terms: list(termShape),
    logprob: optional(number),
    policyVersion: count,
    shot: optional(text),
  }),
);

export const episodeFormat = fileFormat<EpisodeSummary>(
  "halo.episodes/1",
  object<EpisodeSummary>({
    id: text,
    label: text,
    iteration: optional(count),
    taskKey: text,
    template: text,
    split: text,
    optimum: number,
    goal: text,
    steps: count,
    stop: stopShape,
    success: flag,
    verdict: verdictShape,
    reward: number,
    policyVersion: count,
  }),
);

/** The episodes of a journal, each once: the first line of an id counts. */
export function eachOnce(episodes: readonly EpisodeSummary[]): readonly EpisodeSummary[] {
  const byId = new Map<string, EpisodeSummary>();
  for (const episode of episodes) if (!byId.has(episode.id)) byId.set(episode.id, episode);
  return [...byId.values()];
}
