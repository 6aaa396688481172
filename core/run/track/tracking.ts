import { basename, dirname } from "node:path";
import type { Environment } from "../../domain/environment.ts";
import type { TrackedEvent, TrackedRun, Tracker } from "../../domain/tracker.ts";
import type { Done, Evaluation, RunEvent } from "../../record/events.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { comparisonValues, evaluationValues, iterationValues } from "./tracked-values.ts";
import { type Patience, TrackerQueue } from "./tracker-queue.ts";
import { worstPictures } from "./worst-pictures.ts";

export interface TrackingOptions {
  readonly folder: RunFolder;
  readonly trackers: readonly { readonly tracker: Tracker; readonly name: string }[];
  readonly environment: Environment;
  readonly warn: (message: string) => unknown;
  readonly patience?: Patience;
}

/** Longest time for the pictures of one evaluation, and for a tracker to take them. */
const picturesMs = { made: 20_000, taken: 40_000 };

interface Tracked {
  readonly tracker: Tracker;
  readonly queue: TrackerQueue;
}

/** Tells the trackers of a run what happens in it. Nothing here waits for them but the end, which has a limit, and nothing throws. */
export class Tracking {
  readonly #o: TrackingOptions;
  readonly #all: readonly Tracked[];
  /** Iterations behind the run. */
  #step = 0;
  #hasStarted = false;

  constructor(o: TrackingOptions) {
    this.#o = o;
    const { warn, patience } = o;
    this.#all = o.trackers.map(({ tracker, name }) => ({
      tracker,
      queue: new TrackerQueue({ tracker, name, warn, ...(patience && { patience }) }),
    }));
  }

  /** Begins; `from` is the number of committed iterations. */
  start({ from, isResumed }: Pick<TrackedRun, "from" | "isResumed">): void {
    this.#step = from;
    this.#hasStarted = true;
    const { info: { name, seed, document }, path } = this.#o.folder;
    const run = { id: idOf(path), name, seed, folder: path, from, isResumed, pipeline: document };
    for (const { queue } of this.#all) {
      queue.push({ about: "the start", call: "start", run: (tracker, o) => tracker.start(run, o) });
    }
  }

  /** Takes in an event of the run. */
  tell(event: RunEvent): void {
    const at = new Date();
    switch (event.type) {
      case "iteration":
        this.#step = event.iteration;
        return this.#values(`iteration ${event.iteration}`, {
          of: "iteration",
          step: event.iteration,
          at,
          values: iterationValues(event),
        });
      case "evaluation": {
        const values = evaluationValues(event);
        this.#values(`evaluation ${event.label}`, { of: "evaluation", step: event.policy_version, at, values });
        return this.#pictures(event, at);
      }
      case "comparison": {
        const values = comparisonValues(event);
        return this.#values("a comparison", { of: "comparison", step: this.#step, at, values });
      }
      default:
        return;
    }
  }

  /** Tells how the run ended and waits for what is left to be told, a moment only when somebody stopped it. */
  async end({ exit, error }: Pick<Done, "exit" | "error">, { isCancelled }: { readonly isCancelled: boolean }) {
    if (!this.#hasStarted) return;
    const status = exit === 1 ? "failed" : error ? "stopped" : "done";
    this.#push("the end", { type: "end", at: new Date(), status });
    await Promise.all(this.#all.map(({ queue }) => queue.end(isCancelled ? 2_000 : undefined)));
  }

  #values(about: string, event: Omit<Extract<TrackedEvent, { readonly type: "metrics" }>, "type">): void {
    this.#push(about, { type: "metrics", ...event });
  }

  #push(about: string, event: TrackedEvent): void {
    for (const { queue } of this.#all) {
      queue.push({ about, call: "track", run: (tracker, o) => tracker.track(event, o) });
    }
  }

  /** Pictures are made when a tracker's turn comes: what waits is small. */
  #pictures({ label, policy_version }: Evaluation, at: Date): void {
    const { folder, environment } = this.#o;
    for (const { tracker: { pictures: most = 0 }, queue } of this.#all) {
      if (most === 0) continue;
      queue.push({
        about: `the pictures of ${label}`,
        call: "track",
        limitMs: picturesMs.taken,
        run: async (tracker, o) => {
          const signal = AbortSignal.any([o.signal, AbortSignal.timeout(picturesMs.made)]);
          const pictures = await worstPictures({ folder, environment, label, most, signal });
          if (pictures.length > 0) await tracker.track({ type: "pictures", step: policy_version, at, pictures }, o);
        },
      });
    }
  }
}

function idOf(path: string): string {
  const [id, above] = [basename(path), dirname(path)];
  return basename(above) === "arms" ? `${basename(dirname(above))}/${id}` : id;
}
