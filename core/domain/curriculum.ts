import type { Rng } from "./rng.ts";
import type { Task, TaskSource } from "./task.ts";

/** What came of one task that was trained on. */
export interface TrainedTask {
  readonly taskKey: string;
  readonly template: string;
  readonly iteration: number;
  /** Episodes that came to an end, at least one, and how many of them succeeded. */
  readonly episodes: number;
  readonly successes: number;
  readonly meanReward: number;
}

/** A wave of training tasks that is to be drawn, and all that the choice may depend on. */
export interface WaveRequest {
  readonly n: number;
  readonly split: string;
  /** The stage's `task_seed`. */
  readonly seed: number;
  /** Tasks that this run drew for training before. */
  readonly drawn: number;
  /** What came of them, in their order; a task without a finished episode is left out. */
  readonly trained: readonly TrainedTask[];
  readonly tasks: Pick<TaskSource, "splits" | "draw">;
  /** Keyed by iteration and wave. */
  readonly rng: Rng;
}

/**
 * Decides which training tasks are drawn next. Pure: equal requests give equal tasks, so that a resumed run draws what the
 * uninterrupted one would have drawn.
 */
export interface Curriculum {
  /** `n` tasks of the split, in the order of their slots. */
  next(o: WaveRequest): readonly Task[];
}
