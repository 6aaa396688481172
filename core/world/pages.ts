import type { Call, Closable } from "../domain/call.ts";
import type { Environment, Episode, Mark } from "../domain/environment.ts";
import type { Grade, Task } from "../domain/task.ts";

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
  #reserved = 0;

  /** `grade` is the task source's own rule, handed to every episode. */
  constructor(environment: Environment, grade?: Grade) {
    this.#environment = environment;
    this.#graded = grade === undefined ? {} : { grade };
  }

  /** Episodes open now, parked ones included. */
  get size(): number {
    return this.#open.size;
  }

  open(task: Task, o: Call & { readonly seed: number }): Promise<Episode> {
    return this.#admit(() => this.#environment.open(task, { ...o, ...this.#graded }), o);
  }

  fork(mark: Mark, o: Call): Promise<Episode> {
    return this.#admit(() => this.#environment.fork(mark, { ...o, ...this.#graded }), o);
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

  async release(episode: Episode): Promise<void> {
    try {
      await episode.close();
    } finally {
      this.#open.delete(episode);
      this.#waiting.shift()?.();
    }
  }

  async close(): Promise<void> {
    this.#parked.clear();
    await Promise.all([...this.#open].map((episode) => this.release(episode)));
  }

  async #admit(make: () => Promise<Episode>, o: Call): Promise<Episode> {
    await this.#reserve(o.signal);
    try {
      const episode = await make();
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
        if (episode) await this.release(episode);
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
