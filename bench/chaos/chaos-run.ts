import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadPipeline } from "../../core/config/load.ts";
import { hashEpisodes } from "../../core/record/canonical.ts";
import type { Done } from "../../core/record/events.ts";
import { openRun } from "../../core/record/runs.ts";
import { runPipeline } from "../../core/run/pipeline.ts";
import { silentLog } from "../../core/util/log.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import { planted } from "./planter.ts";

const here = dirname(fileURLToPath(import.meta.url));

export interface ChaosOptions {
  readonly runs: string;
  /** One call in so many fails; 0: none. */
  readonly every: number;
  readonly seed: number;
  /** Parts of keys of tasks that fault for good. */
  readonly doomed: readonly string[];
  readonly isForking: boolean;
  readonly pipeline: string;
  /** As YAML: a name, a file or `{ use, options }`. */
  readonly environment: string;
  /** True when browsers and their processes are killed too. */
  readonly strikes?: boolean;
  readonly sets: readonly string[];
}

/** What a run came to: all that must be equal with and without faults that pass. */
export interface ChaosOutcome {
  readonly done: Done;
  readonly planted: number;
  /** Kinds of faults that were planted. */
  readonly kinds: readonly string[];
  readonly weights: string | undefined;
  readonly episodes: string;
  readonly finished: number;
  readonly setAside: number;
}

/** Runs a pipeline with its environment, its policy and its trainer wrapped in such as plant faults. */
export async function chaosRun(o: ChaosOptions): Promise<ChaosOutcome> {
  planted.kinds.clear();
  planted.total = 0;
  const options = `every: ${o.every}, seed: ${o.seed}`;
  const doomed = `doomed: [${
    o.doomed.map((part) => JSON.stringify(part)).join(", ")
  }], forking: ${o.isForking}, strikes: ${o.strikes === true}`;
  const file = (name: string) => join(here, `${name}.ts`);
  const pipeline = await loadPipeline(o.pipeline, {
    env: {},
    cwd: packageRoot(),
    sets: [
      `environment={ use: ${file("environment")}, options: { environment: ${o.environment}, ${options}, ${doomed} } }`,
      `policy={ use: ${file("policy")}, options: { policy: linear, ${options} } }`,
      ...o.isForking
        ? [`trainer={ use: ${file("trainer")}, options: { trainer: linear, every: ${o.every && 3}, seed: ${o.seed} } }`]
        : [],
      `runs_dir=${o.runs}`,
      ...o.sets,
    ],
  });
  const signal = new AbortController().signal;
  const done = await runPipeline(pipeline, { log: silentLog, signal, packageRoot: packageRoot() });
  const folder = await openRun(done.run, o.runs);
  return {
    done,
    planted: planted.total,
    kinds: [...planted.kinds],
    weights: (await folder.lastCommit())?.adapter.sha256,
    episodes: await hashEpisodes(folder),
    finished: (await folder.episodes()).length,
    setAside: (await folder.readFaults()).length,
  };
}
