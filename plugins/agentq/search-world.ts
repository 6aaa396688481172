import { type Draw, type Edge, type Explorer, HaloError, isHaloError, type Point, type Sample } from "halo-agent";
import { groupFault, sayingOf } from "halo-agent/kit";
import type { Proposed } from "./tree.ts";

/** All a search needs of an explorer; at test time the search policy stands in for it. */
export type SearchIo = Pick<Explorer, "step" | "draw" | "rank" | "value" | "signal">;

/**
 * A search's way to the world: it steps, proposes and asks the critic. It counts environment steps and the critic's answers,
 * and remembers which actions ended an episode in failure.
 */
export class SearchWorld {
  /** Points that an executed action led to: environment steps. */
  readonly #stepped = new Set<string>();
  /** Actions that ended an episode in failure, each with the page it was taken on. */
  readonly #failed = new Set<string>();
  readonly critic: { by: string; calls: number; faults: number; costUsd: number; fault?: string } = {
    by: "",
    calls: 0,
    faults: 0,
    costUsd: 0,
  };
  readonly #io: SearchIo;
  readonly #o: { readonly max_children: number; readonly temperature: number };

  constructor(io: SearchIo, o: { readonly max_children: number; readonly temperature: number }) {
    this.#io = io;
    this.#o = o;
  }

  get envSteps(): number {
    return this.#stepped.size;
  }

  /** Executes a sample. An edge that failed is one whose fork came out different; any other fault stops the search. */
  async step(at: Point, sample: Sample): Promise<Edge> {
    const edge = await this.#io.step(at, sample);
    if (edge.ok) {
      if (actsOnPage(sample)) this.#stepped.add(edge.to.id);
    } else if (edge.fault.kind !== "fork_divergence") {
      throw groupFault(edge.fault);
    }
    return edge;
  }

  /** Up to K distinct actions at a point, ranked where there is a critic. */
  async propose(at: Point): Promise<Proposed> {
    const { max_children: n, temperature } = this.#o;
    const draw = await this.#io.draw(at, { n, mode: "distinct", temperature, key: "proposals" });
    const ranking = this.#io.rank && await this.#asked(() => this.#io.rank!(at, draw));
    if (!ranking) return { draw };
    this.critic.by = ranking.by;
    this.critic.costUsd += ranking.costUsd ?? 0;
    return { draw, scores: ranking.scores };
  }

  /** The critic's estimate of a point; undefined when it failed. */
  async value(at: Point): Promise<number | undefined> {
    if (!this.#io.value) {
      throw new HaloError("HALO_MATCH_CRITIC", "leaf asks for the critic's value of a state, and there is none", {
        hint: "use a critic that values states, or leaf: rollout",
      });
    }
    return await this.#asked(() => this.#io.value!(at));
  }

  /** One sampled or greedy action, for a rollout. */
  draw(at: Point, o: Parameters<SearchIo["draw"]>[1]): Promise<Draw> {
    return this.#io.draw(at, o);
  }

  /** Remembers that an action on a page like this one ended the episode in failure. */
  fail(at: Point, sample: Sample): void {
    this.#failed.add(attemptAt(at, sample));
  }

  hasFailed(at: Point, sample: Sample): boolean {
    return this.#failed.has(attemptAt(at, sample));
  }

  /** The critic's answer; undefined when it failed: the search goes on, and what was tried decides alone. */
  async #asked<T>(ask: () => Promise<T>): Promise<T | undefined> {
    this.critic.calls++;
    try {
      return await ask();
    } catch (e) {
      this.#io.signal.throwIfAborted();
      if (!isHaloError(e, "HALO_CRITIC_FAULT")) throw e;
      this.critic.faults++;
      this.critic.fault = e.message;
      return undefined;
    }
  }
}

/** Whether a sample costs an environment step: an output that is no action, or one that only ends the episode, does not. */
function actsOnPage({ parsed }: Sample): boolean {
  return parsed.ok && parsed.action.action !== "done" && parsed.action.action !== "infeasible";
}

const attemptAt = ({ observation }: Point, sample: Sample): string => `${observation.stateKey} ${sayingOf(sample)}`;
