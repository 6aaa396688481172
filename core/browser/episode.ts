import type { Action } from "../domain/action.ts";
import type { Call } from "../domain/call.ts";
import type { Episode, Mark, ResolvedAction, StepOutcome } from "../domain/environment.ts";
import type { Need, Observation } from "../domain/observation.ts";
import type { Task } from "../domain/task.ts";
import type { Verdict } from "../domain/verdict.ts";
import { HaloError } from "../util/errors.ts";
import type { Facts, HaloPage } from "./page.ts";
import { perform } from "./perform.ts";
import type { PagePool } from "./pool.ts";

/** What an episode in a browser is made of. */
export interface EpisodeParts {
  readonly page: HaloPage;
  readonly pool: PagePool;
  readonly task: Task;
  readonly seed: number;
  /** Actions that led to where the page stands. */
  readonly actions: readonly ResolvedAction[];
  /** State of one of our own sites as the page stands; "" on foreign pages. */
  readonly state: string;
  /** True when marks are replayed: each action then keeps the fingerprint before it. */
  readonly isReplayed: boolean;
  /** True when an episode ends as soon as it is solved. */
  readonly stopsWhenSolved: boolean;
  /** What the page asks for, where the task does not say it. */
  readonly asked?: string | undefined;
  /** Judges the page as it stands; `state` is its state on our own sites. */
  judge(page: HaloPage, o: Call & { readonly state: string }): Verdict | Promise<Verdict>;
  /** True when the page ended the episode itself; nothing that is done then counts. */
  isOver?(page: HaloPage, o: Call): Promise<boolean>;
}

/** One attempt at a task on one page of a pool; `close` gives the page back. */
export class PageEpisode implements Episode {
  readonly #p: EpisodeParts;
  #actions: readonly ResolvedAction[];
  #state: string;
  #seen: Observation | undefined;
  #facts: Facts | undefined;
  #isOpen = true;
  #calls = 0;

  /** What the page asks for, where the task does not say it. */
  get asked(): string | undefined {
    return this.#p.asked;
  }

  constructor(p: EpisodeParts) {
    this.#p = p;
    this.#actions = p.actions;
    this.#state = p.state;
  }

  async observe(o: Call & { readonly need: Need }): Promise<Observation> {
    return this.#seen = await this.#page.observe(o.need, o);
  }

  step(action: Action, o: Call & { readonly need: Need }): Promise<StepOutcome> {
    return this.#counted(() => this.#step(action, o));
  }

  async #step(action: Action, o: Call & { readonly need: Need }): Promise<StepOutcome> {
    const page = this.#page;
    const fingerprint = this.#p.isReplayed ? (await this.mark(o)).fingerprint : {};
    const { spot, error, observation, facts, cost } = await perform(page, action, {
      ...o,
      state: this.#state,
      ...(this.#seen && { observation: this.#seen }),
    });
    this.#seen = observation;
    this.#facts = facts;
    const state = this.#state = facts?.stance.state ?? "";
    this.#actions = [...this.#actions, { action, fingerprint, ...(spot && { point: [spot.x, spot.y] as const }) }];
    const solved = this.#p.stopsWhenSolved && (await this.#p.judge(page, { ...o, state })).success;
    const over = !solved && !page.question && await this.#p.isOver?.(page, o) === true;
    return {
      observation,
      ...(error && { error }),
      ...(spot?.role && { target: { role: spot.role, name: spot.name } }),
      solved,
      ...(over && { over }),
      cost,
    };
  }

  async mark(o: Call): Promise<Mark> {
    const { task, seed } = this.#p;
    const page = this.#page;
    const { fingerprint, stance } = this.#facts ?? await page.facts(o);
    return { task, seed, actions: this.#actions, fingerprint, state: stance };
  }

  async verdict(o: Call): Promise<Verdict> {
    return await this.#counted(async () => await this.#p.judge(this.#page, { ...o, state: this.#state }));
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    // A page on which a call is still at work, given up by its caller, is in nobody's hands.
    if (this.#calls > 0) await this.#p.pool.discard(this.#p.page);
    else await this.#p.pool.give(this.#p.page);
  }

  async #counted<T>(call: () => Promise<T>): Promise<T> {
    this.#calls++;
    try {
      return await call();
    } finally {
      this.#calls--;
    }
  }

  get #page(): HaloPage {
    if (this.#isOpen) return this.#p.page;
    throw new HaloError("HALO_EPISODE_CLOSED", "the episode is closed; its page may serve another one now");
  }
}
