import type { Spending } from "../domain/budget.ts";
import type { PairedComparison } from "../stats/paired.ts";
import type { StartingAdapter } from "./starting-adapter.ts";

/** Success of one evaluation: Wilson 95 % interval over episodes. */
export interface Evaluation {
  readonly label: string;
  readonly decoding: "greedy" | "sample";
  /** Number of training batches behind the policy in this run. */
  readonly policy_version: number;
  /** What version 0 is, where it is not the untrained policy. */
  readonly adapter?: StartingAdapter;
  readonly n: number;
  readonly successes: number;
  readonly success_rate: number;
  readonly ci95: readonly [number, number];
  readonly mean_reward: number;
  readonly episode_length: number;
  readonly by_template: Readonly<Record<string, { readonly n: number; readonly successes: number }>>;
}

/** One committed training iteration. */
export interface IterationReport {
  readonly iteration: number;
  /** Last iteration of the stage, when it is given. */
  readonly of?: number;
  /** Environment steps of the stage so far, when it ends by them. */
  readonly budget?: { readonly done: number; readonly of: number };
  readonly env_steps: number;
  /** Named `area/name` or by the field's own term; all finite. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Groups without gradient by cause. */
  readonly dead: Readonly<Record<string, number>>;
}

export interface Comparison extends Omit<PairedComparison, "flipped"> {
  readonly label_a: string;
  readonly label_b: string;
  /** Tasks that only one side met and that were left out; absent when there are none. */
  readonly unpaired?: { readonly a: number; readonly b: number };
  /** Folders of the runs, when they are two. */
  readonly run_a?: string;
  readonly run_b?: string;
  /** Tasks whose outcome (mean over episodes) differs, with the ids of their episodes. */
  readonly flipped: readonly (PairedComparison["flipped"][number] & {
    readonly episodes_a: readonly string[];
    readonly episodes_b: readonly string[];
  })[];
}

/** A limit that a stage sets to its result. */
export interface Gate {
  /** What it is about: "after.min_success_rate". */
  readonly name: string;
  readonly ok: boolean;
  readonly limit: number;
  readonly value: number;
}

/** One arm of an A/B run. */
export interface ArmReport {
  readonly name: string;
  /** Its own run folder. */
  readonly run: string;
  readonly env_steps: number;
  readonly train_s: number;
  readonly frac_reward_zero_std: number;
  readonly spent?: Spending;
}

/** How a run ended. `ok` is true for exit status 0. */
export interface Done {
  readonly ok: boolean;
  readonly exit: number;
  readonly run: string;
  readonly wall_s: number;
  readonly train_s: number;
  readonly env_steps: number;
  readonly frac_reward_zero_std: number;
  /** On paid models, by all attempts of the run; absent when there was nothing to pay. */
  readonly spent?: Spending;
  readonly evaluations: readonly Evaluation[];
  readonly comparisons: readonly Comparison[];
  readonly gates: readonly Gate[];
  readonly arms?: readonly ArmReport[];
  readonly error?: { readonly code: string; readonly message: string };
}

/** Everything a run reports: the lines of events.jsonl and of `--json`. */
export type RunEvent = {
  readonly [K in keyof Events]: {
    readonly type: K;
    /** The arm an A/B run passes this event on from. */
    readonly arm?: string;
  } & Events[K];
}[keyof Events];

interface Events {
  readonly launch: {
    readonly run: string;
    readonly name: string;
    readonly seed: number;
    readonly resumed: boolean;
    /** Absent for an A/B run: each of its arms says so itself. */
    readonly reproducible?: boolean;
    readonly arms?: readonly string[];
  };
  readonly arm: { readonly name: string; readonly index: number; readonly of: number; readonly run: string };
  readonly stage: { readonly index: number; readonly of: number; readonly kind: string; readonly label: string };
  readonly episode: { readonly label: string; readonly done: number; readonly of: number; readonly successes: number };
  readonly slot: { readonly iteration: number; readonly done: number; readonly of: number };
  readonly iteration: IterationReport;
  readonly evaluation: Evaluation;
  readonly comparison: Comparison;
  readonly warning: { readonly message: string };
  readonly done: Done;
}
