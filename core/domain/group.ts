import type { End } from "./point.ts";
import type { Prompt, Sample } from "./sample.ts";
import type { RewardTerm } from "./reward.ts";

/** One sample with what came of it. `reward` is absent when the branch was never executed. */
export interface Branch {
  readonly sample: Sample;
  /** What the action landed on, for looking at. */
  readonly target?: { readonly role: string; readonly name: string };
  readonly reward?: number;
  readonly terms?: readonly RewardTerm[];
  readonly end?: End;
  readonly q?: { readonly visits: number; readonly mcts: number; readonly critic?: number };
}

/** A point where samples were drawn. `parent` names the branch that led here. */
export interface Decision {
  readonly id: number;
  readonly parent?: { readonly decision: number; readonly branch: number };
  readonly stateKey: string;
  readonly prompt: Prompt;
  readonly branches: readonly Branch[];
  /** Branch the episode went on with, when the algorithm follows one path. */
  readonly chosen?: number;
}

/** What an algorithm yields: one decision = a step group, chains = trajectories, a tree = a search. */
export interface GroupBody {
  readonly shape: "step" | "trajectory" | "tree";
  readonly decisions: readonly Decision[];
  /** A step group whose episode went on along `chosen` to success; set by algorithms that wait for the end to learn it. */
  readonly succeeded?: boolean;
}

/** A group as core records it. */
export interface Group extends GroupBody {
  readonly id: string;
  readonly taskKey: string;
  readonly policyVersion: number;
  readonly temperature: number;
}
