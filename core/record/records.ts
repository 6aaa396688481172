import type { ActionError, Parsed } from "../domain/action.ts";
import type { Json } from "../domain/json.ts";
import type { RewardTerm } from "../domain/reward.ts";
import type { ProcessId } from "./process-id.ts";
import type { StopReason, Verdict } from "../domain/verdict.ts";

/** Schema names, first line or field of every file of a run folder. A new major number means that old readers fail. */
export const schemas = {
  run: "halo.run/1",
  state: "halo.state/1",
  events: "halo.events/1",
  metrics: "halo.metrics/1",
  episodes: "halo.episodes/1",
  steps: "halo.steps/1",
  slot: "halo.slot/1",
  tree: "halo.tree/1",
  batch: "halo.batch/1",
  commit: "halo.commit/1",
  spending: "halo.spending/1",
} as const;

/** run.json: what a resume starts from. */
export interface RunInfo {
  readonly schema: typeof schemas.run;
  readonly id: string;
  readonly name: string;
  readonly seed: number;
  /** ISO time, UTC. */
  readonly created: string;
  /** The merged pipeline as plain JSON, secrets as references. */
  readonly document: Json;
  /** Absolute folder that relative `use:` paths in `document` start from. */
  readonly base: string;
  readonly versions: Readonly<Record<string, string>>;
}

export type RunStatus = "RUNNING" | "DONE" | "FAILED" | "STOPPED";

/** state.json. */
export interface RunState {
  readonly schema: typeof schemas.state;
  readonly status: RunStatus;
  /** ISO time of the last change. */
  readonly since: string;
  /** Process that wrote it. */
  readonly owner: ProcessId;
}

/** A line of events.jsonl: a run event with its time. */
export type EventRecord = Readonly<Record<string, unknown>> & { readonly type: string; readonly ts: string };

/** A line of metrics.jsonl; a value that was not finite reads null. */
export interface MetricsRecord {
  readonly step: number;
  readonly ts: string;
  readonly values: Readonly<Record<string, number | null>>;
}

/** A line of steps.jsonl: what was seen, said, done and paid. */
export interface StepRecord {
  /** Depth of the step, from 0. */
  readonly index: number;
  readonly url: string;
  readonly stateKey: string;
  readonly text: string;
  readonly parsed: Parsed;
  /** Other samples drawn at this point, for looking at. */
  readonly candidates?: readonly { readonly text: string; readonly logprob?: number; readonly reward?: number }[];
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
  readonly seed?: number;
  readonly optimum: number;
  readonly goal: string;
  readonly steps: number;
  readonly stop: StopReason;
  readonly success: boolean;
  readonly verdict: Verdict;
  readonly reward: number;
  readonly policyVersion: number;
  /** Names of the milestones reached, in order. */
  readonly milestones?: readonly string[];
}
