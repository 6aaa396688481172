import type { Call, Closable } from "./call.ts";
import type { Point } from "./point.ts";
import type { Draw } from "./sample.ts";

/** Scores 0..1, one per sample of the draw, in its order. */
export interface Ranking {
  readonly scores: readonly number[];
  readonly by: string;
  /** What this answer cost, where it is paid for. */
  readonly costUsd?: number;
}

/** Judges proposals before they are tried. */
export interface Critic extends Closable {
  readonly deterministic: boolean;
  /** Asks whether what it depends on is there; throws what is missing. Before a run only. */
  ready?(o: Call): Promise<void>;
  rank(r: { readonly at: Point; readonly draw: Draw }, o: Call): Promise<Ranking>;
  /** Estimated success probability from this point. */
  value?(at: Point, o: Call): Promise<number>;
  /** Figures since the last call, named `area/name`; kept with the iteration's metrics. */
  metrics?(): Readonly<Record<string, number>>;
}
