import type { ActionError, Parsed } from "./action.ts";
import type { Call } from "./call.ts";
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
  /**
   * For a fold that has to ask somebody before it can pay: resolves to one whose `next` pays for this step without asking.
   * Throws what kept it from an answer; that is a fault of the step, never a payment.
   */
  prepare?(t: Transition, o: Call): Promise<RewardFold>;
}

/** How a reward understands a goal. */
export interface Understood {
  /** What decided: `task` (its id), `family` (a wording of the site's own), `reading` (free reading), `general` (nothing). */
  readonly by: string;
  /** What the goal asks for, in order; empty where it is not understood. */
  readonly errands: readonly UnderstoodErrand[];
  /** The words that decided, or why nothing was understood. */
  readonly because: readonly string[];
  /** What it pays for, in the order of the shortest way. */
  readonly milestones: readonly { readonly name: string; readonly value: number }[];
}

/** One thing that a goal asks for, and what it says of it: senders, labels, quantity, … */
export interface UnderstoodErrand {
  readonly kind: string;
  /** Another name that people have for the kind. */
  readonly alias?: string;
  readonly objects: Readonly<Record<string, unknown>>;
}

/** A reward plugin: pure but for what its folds ask in `prepare`, no site behind it. */
export interface RewardShaper {
  readonly need: Need;
  /** False for one that may pay differently for equal pages; true when absent. */
  readonly deterministic?: boolean;
  /** Asks whether what it depends on is there; throws what is missing. Before a run only. */
  ready?(o: Call): Promise<void>;
  /** Figures since the last call, named `area/name`; kept with the iteration's metrics. */
  metrics?(): Readonly<Record<string, number>>;
  start(goal: Goal, first: Observation): RewardFold;
  /** How it understands a goal, for a person to check; absent where a reward reads none. */
  explain?(goal: Pick<Goal, "id" | "text">): Understood;
}
