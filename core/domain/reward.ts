import type { ActionError, Parsed } from "./action.ts";
import type { Need, Observation } from "./observation.ts";
import type { Goal } from "./task.ts";
import type { StopReason, Verdict } from "./verdict.ts";

/** One named part of a reward and what was seen that earned it. */
export interface RewardTerm {
  readonly name: string;
  readonly value: number;
  readonly evidence: string;
}

/** All a reward plugin ever sees of a step. `stop` and `verdict` are set on the last step only. */
export interface Transition {
  readonly from: Observation;
  readonly parsed: Parsed;
  readonly to: Observation;
  readonly error?: ActionError;
  readonly stop?: StopReason;
  readonly verdict?: Verdict;
}

/** Reward state along one path. Immutable: `next` returns a new fold, so forks share nothing. */
export interface RewardFold {
  next(t: Transition): { readonly fold: RewardFold; readonly terms: readonly RewardTerm[] };
}

/** A reward plugin: pure, no site behind it. */
export interface RewardShaper {
  readonly need: Need;
  start(goal: Goal, first: Observation): RewardFold;
}
