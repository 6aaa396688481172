import type { Adapter } from "./batch.ts";
import type { Call, Closable } from "./call.ts";
import type { Chat } from "./chat.ts";
import type { Need } from "./observation.ts";
import type { Edge, Point } from "./point.ts";
import type { Rng } from "./rng.ts";
import type { Draw, Mode, Prompt, Sample } from "./sample.ts";

/** What a policy or an algorithm may do besides looking: try a sample at a point. Needs an environment that forks. */
export interface World {
  step(at: Point, sample: Sample): Promise<Edge>;
}

export interface SampleRequest {
  readonly at: Point;
  readonly n: number;
  readonly mode: Mode;
  readonly temperature: number;
  /** Derived from (run, point, purpose, key): equal requests give equal draws. */
  readonly rng: Rng;
  /** Set when forking is possible. */
  readonly world?: World;
}

/** Chooses actions. */
export interface Policy extends Closable {
  readonly need: Need;
  readonly can: {
    readonly trace: Prompt["kind"];
    readonly maxN: number;
    /** True when equal requests under equal weights give bit-equal draws. */
    readonly deterministic: boolean;
    readonly adapters?: { readonly format: Adapter["format"]; readonly base: string };
  };
  /** Asks whether what it depends on is there, a server with its model and key; throws what is missing. Before a run only. */
  ready?(o: Call): Promise<void>;
  sample(r: SampleRequest, o: Call): Promise<Draw>;
  /** The model behind this policy as one that answers questions, where it can. */
  readonly chat?: Chat;
  /** Figures since the last call, named `area/name`; kept with the iteration's metrics. */
  metrics?(): Readonly<Record<string, number>>;
  /** Resolves when every later sample comes from this adapter. */
  adopt?(adapter: Adapter, o: Call): Promise<void>;
  retire?(version: number, o: Call): Promise<void>;
}
