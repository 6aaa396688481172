import type { Draw, Edge, Explorer, Goal, Observation, Point, Ranking, Sample } from "halo-agent";
import { gumbel, keyedRng } from "halo-agent/kit";

/** A little world in memory: from every point lead doors a, b and c; only one way of `solution.length` doors succeeds. */
export interface GraphOptions {
  /** The doors to take, for example "bac". */
  readonly solution: string;
  readonly seed?: number;
  /** Doors that fail as infrastructure does. */
  readonly broken?: readonly string[];
}

const doors = ["a", "b", "c"];

/** An explorer over the graph whose draws are uniform; it counts what was executed. */
export class Graph implements Explorer {
  readonly policyVersion = 3;
  readonly rng;
  readonly signal = new AbortController().signal;
  /** Ways that were stepped, in the order they were asked for, repeats included. */
  readonly stepped: string[] = [];
  readonly #o: GraphOptions;

  constructor(o: GraphOptions) {
    this.#o = o;
    this.rng = keyedRng("graph", o.seed ?? 0);
  }

  get goal(): Goal {
    const { solution } = this.#o;
    return {
      id: `graph/${solution}`,
      text: `Find the way "${solution}"`,
      startUrl: "http://graph.halo.test/",
      maxSteps: solution.length,
    };
  }

  root(): Promise<Point> {
    return Promise.resolve(this.#at(""));
  }

  draw(
    at: Point,
    o: { readonly n: number; readonly mode: string; readonly temperature: number; readonly key: string },
  ): Promise<Draw> {
    const rng = this.rng.derive(at.id, "draw", o.key);
    const scored = doors.map((door) => ({ door, score: gumbel(rng.derive(door)) })).sort((x, y) => y.score - x.score);
    const picked = o.mode === "distinct"
      ? scored.slice(0, o.n).map((s) => s.door)
      : Array.from({ length: o.n }, (_, i) => doors[rng.derive(i).int(doors.length)]!);
    const draw = { prompt: { kind: "none" }, samples: picked.map(through), policyVersion: this.policyVersion } as const;
    return Promise.resolve({ ...draw, temperature: o.temperature });
  }

  step(at: Point, sample: Sample): Promise<Edge> {
    const way = at.id + sample.text;
    this.stepped.push(way);
    if (this.#o.broken?.includes(way)) {
      const fault = { kind: "environment", code: "HALO_PAGE_CRASHED", message: `door ${way} is gone` } as const;
      return Promise.resolve({ ok: false, sample, fault });
    }
    const to = this.#at(way);
    const reward = to.end?.verdict.success ? 1 : 0;
    return Promise.resolve({
      ok: true,
      sample,
      to,
      reward,
      terms: [{ name: "success", value: reward, evidence: way }],
    });
  }

  /** Prefers the door that the solution takes next. */
  rank(at: Point, { samples }: Draw): Promise<Ranking> {
    const next = this.#o.solution[at.depth];
    return Promise.resolve({ scores: samples.map((s) => s.text === next ? 1 : 0), by: "graph" });
  }

  #at(way: string): Point {
    const { solution } = this.#o;
    const isOver = way.length === solution.length;
    const success = way === solution;
    const verdict = { success, by: "graph", reason: `went ${way}` };
    return {
      id: way,
      task: this.goal,
      depth: way.length,
      observation: room(way),
      history: [...way].map((door, i) => ({
        url: room(way.slice(0, i)).url,
        stateKey: way.slice(0, i),
        parsed: through(door).parsed,
      })),
      ...(isOver && { end: { stop: success ? "solved" : "max_steps", verdict } }),
    };
  }
}

function room(way: string): Observation {
  const elements = doors.map((door, i) => ({
    id: door,
    role: "button",
    name: `Door ${door}`,
    states: [],
    near: "",
    region: "",
    centre: [100 + 300 * i, 500] as const,
  }));
  return { url: `http://graph.halo.test/${way}`, title: `Room ${way}`, elements, stateKey: way };
}

/** The sample that goes through a door. */
export function through(door: string): Sample {
  return {
    text: door,
    parsed: { ok: true, action: { action: "click", el: door }, repairs: 0 },
    trace: { kind: "none" },
  };
}
