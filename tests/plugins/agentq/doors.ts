import type { Draw, Edge, Goal, Observation, Point, Ranking, Sample } from "halo-agent";
import type { SearchIo } from "../../../plugins/agentq/search-world.ts";
import type { TreeOptions } from "../../../plugins/agentq/tree-options.ts";

/** A world in memory: from every point lead doors; a way is the doors taken, it ends after `depth` of them. */
export interface DoorsOptions {
  /** Ways that succeed. */
  readonly wins: readonly string[];
  readonly depth?: number;
  /** What is proposed everywhere, in this order; a rollout always takes the first. */
  readonly doors?: readonly string[];
  /** Log-probabilities of the doors, in their order. */
  readonly logprobs?: readonly number[];
  /** Ways behind which no point can be reached. */
  readonly lost?: readonly string[];
  /** Page a way shows; equal keys are equal pages. */
  readonly stateKey?: (way: string) => string;
  readonly rank?: (way: string, draw: Draw) => Promise<Ranking>;
  readonly value?: (way: string) => Promise<number>;
}

/** The doors as a search sees them; `stepped` lists every step asked for, `drawn` every draw's place and key. */
export function doors(
  o: DoorsOptions,
): SearchIo & { readonly stepped: string[]; readonly drawn: string[]; root: Point } {
  const { depth = 3, doors = ["a", "b"] } = o;
  const stepped: string[] = [];
  const drawn: string[] = [];
  const at = (way: string): Point => pointAt(way, o, depth);
  return {
    stepped,
    drawn,
    root: at(""),
    signal: new AbortController().signal,
    draw(point, { n, mode, key, temperature }) {
      drawn.push(`${point.id || "root"} ${key}`);
      const picked = mode === "distinct" ? doors.slice(0, n) : Array.from({ length: n }, () => doors[0]!);
      const samples = picked.map((door) => through(door, o.logprobs?.[doors.indexOf(door)]));
      return Promise.resolve({ prompt: { kind: "none" }, samples, policyVersion: 0, temperature });
    },
    step(point, sample): Promise<Edge> {
      const way = point.id + sample.text;
      stepped.push(way);
      if (o.lost?.includes(way)) {
        const fault = { kind: "fork_divergence", code: "HALO_FORK_DIVERGENCE", message: "url differs" } as const;
        return Promise.resolve({ ok: false, sample, fault });
      }
      const to = at(way);
      return Promise.resolve({ ok: true, sample, to, reward: to.end?.verdict.success ? 1 : 0, terms: [] });
    },
    ...(o.rank && { rank: (point, draw) => o.rank!(point.id, draw) }),
    ...(o.value && { value: (point) => o.value!(point.id) }),
  };
}

function pointAt(way: string, { wins, stateKey = (w) => w }: DoorsOptions, depth: number): Point {
  const success = wins.includes(way);
  const isOver = success || way.length === depth;
  const verdict = { success, by: "doors", reason: `went ${way}` };
  const observation: Observation = { url: "doors:/", title: way, elements: [], stateKey: stateKey(way) };
  return {
    id: way,
    task: goal,
    depth: way.length,
    observation,
    history: [],
    ...(isOver && { end: { stop: success ? "solved" : "max_steps", verdict } }),
  };
}

export const goal: Goal = { id: "doors", text: "find the way", startUrl: "doors:/", maxSteps: 3 };

/** The sample that goes through a door. */
export function through(door: string, logprob?: number): Sample {
  return {
    text: door,
    parsed: { ok: true, action: { action: "click", el: door }, repairs: 0 },
    ...(logprob !== undefined && { logprob }),
    trace: { kind: "none" },
  };
}

/** Textbook UCB1 on what was tried alone, greedy rollouts that leave nothing behind. */
export const plain: TreeOptions = {
  num_simulations: 8,
  temperature: 1,
  max_children: 2,
  selection: "ucb1",
  ucb_constant: 1.414,
  alpha: 1,
  max_depth: 25,
  leaf: "rollout",
  rollout: { mode: "greedy", temperature: 1, depth: 0, keep: "none", avoid_failed: false },
  transpositions: false,
  wave: 1,
  budget: { env_steps: 0, seconds: 0, usd: 0 },
};
