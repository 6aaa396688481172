import type { Example, Loss } from "./batch.ts";
import type { Ranking } from "./critic.ts";
import type { Group, GroupBody } from "./group.ts";
import type { Point } from "./point.ts";
import type { World } from "./policy.ts";
import type { Rng } from "./rng.ts";
import type { Draw, Mode } from "./sample.ts";
import type { Goal } from "./task.ts";

/** An algorithm's only way to act: values in, values out. Core owns every page and closes them all when `explore` ends. */
export interface Explorer extends World {
  readonly policyVersion: number;
  readonly rng: Rng;
  readonly signal: AbortSignal;
  root(): Promise<Point>;
  /** `key` tells apart several draws at one point; equal (point, key) gives equal draws. */
  draw(
    at: Point,
    o: { readonly n: number; readonly mode: Mode; readonly temperature: number; readonly key: string },
  ): Promise<Draw>;
  /** Present when the pipeline has a critic. */
  rank?(at: Point, draw: Draw): Promise<Ranking>;
  /** Present when the pipeline has a critic that values states. */
  value?(at: Point): Promise<number>;
}

/**
 * Decides where to sample and what is learned from it. docs/algorithms.md says how to write one; `halo-agent/kit` has what
 * algorithms share: `play`, `whole`, `stepGroup`, `trajectoryGroup` and more.
 */
export interface Algorithm {
  readonly loss: Loss;
  readonly emits: readonly Example["kind"][];
  /** True when `explore` steps several times from one point: the environment must fork without side effects. */
  readonly forks: boolean;
  /** Present when it asks the pipeline's critic. `must` names what it cannot do without, `because` the option that says so. */
  readonly critic?: { readonly must?: "rank" | "value"; readonly because?: string };
  /** True when its pairs compare whole episodes. */
  readonly episodePairs?: boolean;
  readonly temperature: number;
  /** Samples drawn at one decision. */
  readonly numGenerations: number;
  /** Yields each group as soon as it is whole. Core may stop asking at any `yield`. */
  explore(goal: Goal, io: Explorer): AsyncIterable<GroupBody>;
  /** Pure arithmetic: no I/O, no randomness. An empty result means the group carries no gradient. */
  credit(group: Group): readonly Example[];
}
