import type { Call } from "./call.ts";
import type { Json } from "./json.ts";

/** A run as a tracker is told of it. */
export interface TrackedRun {
  /** Equal in every attempt of the run; that of an arm is "RUN/ARM". */
  readonly id: string;
  readonly name: string;
  readonly seed: number;
  /** Absolute path of the run folder. */
  readonly folder: string;
  /** Number of this attempt's first iteration less 1: what was told of later ones is void. */
  readonly from: number;
  readonly isResumed: boolean;
  /** The pipeline as the run folder keeps it: secrets are references. */
  readonly pipeline: Json;
}

/** The last page of an episode that failed. */
export interface TrackedPicture {
  /** Equal in every evaluation of that label: "after/worst-1". */
  readonly name: string;
  /** Task, goal and why the episode ended, on one line. */
  readonly caption: string;
  readonly png: Uint8Array;
}

/** Something that a run tells its trackers. `step` is the number of iterations behind it. */
export type TrackedEvent =
  /** Finite numbers by their names: an iteration's metrics, an evaluation's or a comparison's figures. */
  | {
    readonly type: "metrics";
    readonly of: "iteration" | "evaluation" | "comparison";
    readonly step: number;
    readonly at: Date;
    readonly values: Readonly<Record<string, number>>;
  }
  | {
    readonly type: "pictures";
    readonly step: number;
    readonly at: Date;
    /** Worst episode first. */
    readonly pictures: readonly TrackedPicture[];
  }
  /** The end of this attempt; "stopped" can be resumed. */
  | { readonly type: "end"; readonly at: Date; readonly status: "done" | "stopped" | "failed" };

/**
 * Hands what a run tells on to somewhere else. It is called one call at a time, in order, beside the run and never in its
 * way: a call that fails is made again, so that it may see an event twice, and a tracker that goes on failing is told
 * nothing more.
 */
export interface Tracker {
  /** Most pictures of one evaluation that it takes; none when absent. */
  readonly pictures?: number;
  /** Comes first, before any event. */
  start(run: TrackedRun, o: Call): Promise<void>;
  track(event: TrackedEvent, o: Call): Promise<void>;
}
