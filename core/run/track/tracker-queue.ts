import { setTimeout as delay } from "node:timers/promises";
import type { Call } from "../../domain/call.ts";
import type { Tracker } from "../../domain/tracker.ts";
import { boundCall } from "../../util/bound-call.ts";
import { calleeOf } from "../../util/callee.ts";
import { isHaloError } from "../../util/errors.ts";
import { atMost } from "../../util/within.ts";

/** One call to a tracker. It may be made more than once. */
export interface TrackerJob {
  /** What it is about, for the one warning: "iteration 12". */
  readonly about: string;
  readonly call: "start" | "track";
  /** Longest time it may take, where it is more than a call. */
  readonly limitMs?: number;
  run(tracker: Tracker, o: Call): Promise<void>;
}

/** How patient a run is with its trackers. */
export interface Patience {
  /** Jobs that may wait. */
  readonly mostWaiting: number;
  /** Longest single call. */
  readonly callMs: number;
  /** Waits before the second, third, … try of a job. */
  readonly pausesMs: readonly number[];
  /** Longest wait for what is left when the run ends. */
  readonly endMs: number;
}

export const usualPatience: Patience = { mostWaiting: 500, callMs: 10_000, pausesMs: [250, 2_000], endMs: 20_000 };

export interface TrackerQueueOptions {
  readonly tracker: Tracker;
  /** As the warning names it: "mlflow". */
  readonly name: string;
  /** Receives the one warning. */
  readonly warn: (message: string) => unknown;
  readonly patience?: Patience;
}

/**
 * The jobs of one tracker, one at a time, in order and beside the run. Nothing that the tracker does comes out of here but
 * one warning: it fails, it hangs, or it cannot keep up; from then on it is called no more.
 */
export class TrackerQueue {
  readonly #o: TrackerQueueOptions;
  readonly #patience: Patience;
  readonly #waiting: TrackerJob[] = [];
  readonly #stop = new AbortController();
  #working: Promise<void> = Promise.resolve();
  #isWorking = false;
  #hasEnded = false;

  constructor(o: TrackerQueueOptions) {
    this.#o = o;
    this.#patience = o.patience ?? usualPatience;
  }

  /** Adds a job; the run does not wait for it. */
  push(job: TrackerJob): void {
    if (this.#hasEnded) return;
    if (this.#waiting.length >= this.#patience.mostWaiting) {
      return this.#giveUp(`cannot keep up, ${this.#waiting.length} calls wait`, job);
    }
    this.#waiting.push(job);
    if (!this.#isWorking) this.#working = this.#work();
  }

  /** Waits for what is left, up to the limit; then the tracker is called no more. Never throws. */
  async end(limitMs = this.#patience.endMs): Promise<void> {
    const ended = await atMost(this.#working.then(() => true), limitMs);
    if (!ended && !this.#hasEnded) this.#giveUp(`was not done ${limitMs / 1000} s after the run`, this.#waiting[0]);
    this.#hasEnded = true;
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let job = this.#waiting[0]; job && !this.#hasEnded; job = this.#waiting[0]) {
      try {
        await this.#attempt(job);
        this.#waiting.shift();
      } catch (e) {
        this.#giveUp(e instanceof Error ? e.message : String(e), job);
      }
    }
    this.#isWorking = false;
  }

  async #attempt(job: TrackerJob): Promise<void> {
    const { tracker } = this.#o;
    const { callMs, pausesMs } = this.#patience;
    const limitMs = job.limitMs ?? callMs;
    const { signal } = this.#stop;
    for (let i = 0;; i++) {
      try {
        return await boundCall((o) => job.run(tracker, o), {
          callee: calleeOf(tracker, "tracker"),
          call: job.call,
          limitMs,
          limit: `${limitMs / 1000} s`,
          signal,
        });
      } catch (e) {
        // One that was given up may still be at work: a second call would run beside it.
        if (i >= pausesMs.length || signal.aborted || isHaloError(e, "HALO_PLUGIN_HUNG")) throw e;
        await delay(pausesMs[i]!, undefined, { signal });
      }
    }
  }

  #giveUp(reason: string, job: TrackerJob | undefined): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#waiting.length = 0;
    this.#stop.abort();
    const from = job ? ` from ${job.about} on` : "";
    this.#o.warn(`tracker ${this.#o.name} misses everything${from}, the run goes on without it: ${reason}`);
  }
}
