import type { Action, ActionError, Parsed } from "./action.ts";
import type { Observation, Screenshot } from "./observation.ts";
import type { Goal } from "./task.ts";
import type { Sample } from "./sample.ts";
import type { RewardTerm } from "./reward.ts";
import type { Fault, StopReason, Verdict } from "./verdict.ts";

/** What a policy may remember of an earlier step. */
export interface PastStep {
  readonly url: string;
  readonly stateKey: string;
  /** What the page looked like before this step, without the bytes: a run keeps them by their sha256. */
  readonly screenshot?: Omit<Screenshot, "png">;
  readonly parsed: Parsed;
  /** Name and role of the element acted on, when there was one. */
  readonly target?: { readonly role: string; readonly name: string };
  readonly error?: ActionError;
}

/** How and with what result an episode ended. */
export interface End {
  readonly stop: StopReason;
  readonly verdict: Verdict;
}

/** A place in an episode, as a value. Core keeps the page or the mark behind `id`. */
export interface Point {
  readonly id: string;
  readonly task: Goal;
  readonly depth: number;
  readonly observation: Observation;
  readonly history: readonly PastStep[];
  readonly end?: End;
}

/** A sample that was executed, and the point it led to. */
export interface Reached {
  readonly ok: true;
  readonly sample: Sample;
  readonly to: Point;
  readonly reward: number;
  readonly terms: readonly RewardTerm[];
}

/** What became of one sample at one point: the next point, or the fault that kept core from reaching it. */
export type Edge = Reached | { readonly ok: false; readonly sample: Sample; readonly fault: Fault };

/** The action a sample stands for, or undefined when its text was not a valid action. */
export const actionOf = (sample: Sample): Action | undefined => sample.parsed.ok ? sample.parsed.action : undefined;
