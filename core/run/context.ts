import type { Pipeline } from "../config/pipeline.ts";
import type { Need } from "../domain/observation.ts";
import type { Rng } from "../domain/rng.ts";
import type { Built } from "../plugin/container.ts";
import type { RunFolder } from "../record/run-folder.ts";
import type { Log } from "../util/log.ts";
import type { RunEvent } from "../record/events.ts";
import type { Pages } from "./pages.ts";
import type { StepCost } from "./world.ts";

/** What every stage of one run shares. */
export interface RunContext {
  readonly pipeline: Pipeline;
  readonly built: Built;
  readonly folder: RunFolder;
  readonly pages: Pages;
  /** Keeps the environment steps in flight at `concurrency`. */
  readonly gate: <T>(run: () => Promise<T>) => Promise<T>;
  readonly need: Need;
  /** Root of all randomness: keyed by the pipeline's seed. */
  readonly rng: Rng;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => Promise<void>;
  readonly totals: Totals;
}

/** What observations must contain for the policy and the rewards of a run. */
export function needOf({ policy, rewards }: Built): Need {
  const needs = [policy.need, ...rewards.map((r) => r.shaper.need)];
  return { screenshot: needs.some((n) => n.screenshot), axtree: needs.some((n) => n.axtree) };
}

/** Counters of a run that survive a resume. */
export interface Totals {
  /** Number of the last committed iteration; also the version of the policy that samples now. */
  iteration: number;
  /** Index of the next training task. */
  nextTask: number;
  envSteps: number;
  groups: number;
  deadGroups: number;
  trainMs: number;
  /** The train stage that works now or worked last, and the counters it started from; index −1 before the first. */
  stage: { readonly index: number; readonly iteration: number; readonly envSteps: number };
  readonly cost: StepCost;
}

/** Counters of a run that begins. */
export function freshTotals(): Totals {
  return {
    iteration: 0,
    nextTask: 0,
    envSteps: 0,
    groups: 0,
    deadGroups: 0,
    trainMs: 0,
    stage: { index: -1, iteration: 0, envSteps: 0 },
    cost: { steps: 0, forkMs: 0, actMs: 0, settleMs: 0, observeMs: 0 },
  };
}
