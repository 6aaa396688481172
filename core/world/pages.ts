import type { Call, Closable } from "../domain/call.ts";
import type { Environment, Episode, Mark } from "../domain/environment.ts";
import type { Grade, Task } from "../domain/task.ts";
import { boundCall } from "../util/bound-call.ts";
import { type Callee, calleeOf } from "../util/callee.ts";

export interface PagesOptions {
  /** The task source's own rule, handed to every episode. */
  readonly grade?: Grade | undefined;
  /** Told of an episode that could not be closed: its place is free all the same. */
  readonly warn?: (message: string) => void;
  /** Longest time an environment may take to open, fork or close an episode; 20 s when absent. */
  readonly limitMs?: number;
}

/**
 * Owns every open episode of a run and keeps at most `environment.capacity` of them: the one owner of capacity and
 * eviction. What an environment pools behind it, browsers and warm pages, only makes opening quick.
 *
 * A parked episode stands at a point and waits to be taken again; when another one is needed and nothing is free,
 * the longest parked is closed, because its mark can bring it back. Without forking nothing is ever evicted.
 */
export class Pages implements Closable {
  readonly #environment: Environment;
  readonly #graded: { readonly grade?: Grade };
  readonly #parked = new Map<string, Episode>();
  readonly #waiting: (() => void)[] = [];
  readonly #open = new Set<Episode>();
  readonly #callee: Callee;
  readonly #limitMs: number;
  readonly #warn: (message: string) => void;
  #reserved = 0;

  constructor(environment: Environment, { grade, limitMs = 20_000, warn = () => {} }: PagesOptions = {}) {
    this.#warn = warn;
    this.#environment = environment;
    this.#graded = grade === undefined ? {} : { grade };
    this.#callee = calleeOf(environment, "environment");
    this.#limitMs = limitMs;
  }

  /** Episodes open now, parked ones included. */
  get size(): number {
    return this.#open.size;
  }

  open(task: Task, o: Call & { readonly seed: number }): Promise<Episode> {
    return this.#admit("open", (call) => this.#environment.open(task, { ...o, ...call, ...this.#graded }), o);
  }

  fork(mark: Mark, o: Call): Promise<Episode> {
    return this.#admit("fork", (call) => this.#environment.fork(mark, { ...o, ...call, ...this.#graded }), o);
  }

  /** Leaves an episode standing under a point's id. */
  park(id: string, episode: Episode): void {
    this.#parked.set(id, episode);
    this.#waiting.shift()?.();
  }

  /** Takes a parked episode, or undefined when it was evicted or never parked. */
  take(id: string): Episode | undefined {
    const episode = this.#parked.get(id);
    this.#parked.delete(id);
    return episode;
  }

  /** Closes an episode; its place is free even when that fails. */
  async release(episode: Episode): Promise<void> {
    try {
      await this.#bound("close", () => episode.close(), { signal: never });
    } finally {
      this.#open.delete(episode);
      this.#waiting.shift()?.();
    }
  }

  /** The same for an episode whose closing changes nothing any more: a failure is told, not thrown. */
  async discard(episode: Episode): Promise<void> {
    await this.release(episode).catch((e: Error) => this.#warn(e.message));
  }

  async close(): Promise<void> {
    this.#parked.clear();
    await Promise.all([...this.#open].map((episode) => this.discard(episode)));
  }

  #bound<T>(
    call: string,
    run: (o: Call) => Promise<T>,
    o: Call & { readonly late?: (value: T) => unknown },
  ): Promise<T> {
    const limit = { limitMs: this.#limitMs, limit: "limits.step_timeout_s" };
    return boundCall(run, { callee: this.#callee, call, ...limit, ...o });
  }

  async #admit(call: "open" | "fork", make: (o: Call) => Promise<Episode>, { signal }: Call): Promise<Episode> {
    await this.#reserve(signal);
    try {
      const episode = await this.#bound(call, make, { signal, late: (late) => this.discard(late) });
      this.#open.add(episode);
      return episode;
    } catch (e) {
      this.#waiting.shift()?.();
      throw e;
    } finally {
      this.#reserved--;
    }
  }

  async #reserve(signal: AbortSignal): Promise<void> {
    while (this.#open.size + this.#reserved >= this.#environment.capacity) {
      if (signal.aborted) {
        this.#waiting.shift()?.();
        throw signal.reason;
      }
      const oldest = this.#environment.forking === "none" ? undefined : this.#parked.keys().next().value;
      if (oldest !== undefined) {
        const episode = this.take(oldest);
        if (episode) await this.discard(episode);
        continue;
      }
      await new Promise<void>((resolve, reject) => {
        const wake = () => {
          signal.removeEventListener("abort", abort);
          resolve();
        };
        const abort = () => {
          this.#waiting.splice(this.#waiting.indexOf(wake), 1);
          reject(signal.reason);
        };
        signal.addEventListener("abort", abort, { once: true });
        this.#waiting.push(wake);
      });
    }
    this.#reserved++;
  }
}

/** Closing goes on when a run is cancelled. */
const never = new AbortController().signal;
