import type { End } from "./point.ts";
import type { Prompt, Sample } from "./sample.ts";
import type { RewardTerm } from "./reward.ts";
import type { Fault } from "./verdict.ts";

/** One sample with what came of it. `reward` is absent when the branch was never executed. */
export interface Branch {
  readonly sample: Sample;
  /** What the action landed on, for looking at. */
  readonly target?: { readonly role: string; readonly name: string };
  readonly reward?: number;
  readonly terms?: readonly RewardTerm[];
  readonly end?: End;
  /** Set when the point behind this branch could not be reached; it has no reward then. */
  readonly fault?: Fault;
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

/** One simulation of a tree search. */
export interface Simulation {
  /** Decisions and branches from the root to the last one that `value` was backed up to. */
  readonly path: readonly NonNullable<Decision["parent"]>[];
  /** 0..1; absent when a point on the way could not be reached: nothing was backed up. */
  readonly value?: number;
  /** Where the value is from: the end of the episode, a rollout, the critic, or the last two. */
  readonly by?: "end" | "rollout" | "critic" | "mix";
  /** Whether the simulation, its rollout included, ended in success. */
  readonly success: boolean;
  /** Environment steps of the whole search when its wave was over. */
  readonly envSteps: number;
}

/** How a tree grew, for looking at and for figures; nothing is learned from it. */
export interface Search {
  readonly simulations: readonly Simulation[];
  /** Who ranked, how often it was asked and how often it failed; dollars where it names a price. */
  readonly critic?: {
    readonly by: string;
    readonly calls: number;
    readonly faults: number;
    readonly costUsd: number;
    /** Why it failed last. */
    readonly fault?: string;
  };
  /** Branches and rollouts that ended at a point which could not be reached. */
  readonly unreachable: number;
}

/** What an algorithm yields: one decision = a step group, chains = trajectories, a tree = a search. */
export interface GroupBody {
  readonly shape: "step" | "trajectory" | "tree";
  readonly decisions: readonly Decision[];
  /** A step group whose episode went on along `chosen` to success; set by algorithms that wait for the end to learn it. */
  readonly succeeded?: boolean;
  /** A tree's: how it was searched. */
  readonly search?: Search;
}

/** A group as core records it. */
export interface Group extends GroupBody {
  readonly id: string;
  readonly taskKey: string;
  readonly policyVersion: number;
  readonly temperature: number;
}
