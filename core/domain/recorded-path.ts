import type { Observation } from "./observation.ts";
import type { Transition } from "./reward.ts";
import type { Goal } from "./task.ts";

/** The pages of one episode as a value, to test plugins without a browser: what a fixture file holds. */
export interface RecordedPath {
  readonly goal: Goal;
  readonly first: Observation;
  readonly steps: readonly Omit<Transition, "from">[];
}
