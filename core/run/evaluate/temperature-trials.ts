import type { Pipeline } from "../../config/pipeline.ts";
import type { Point } from "../../domain/point.ts";
import type { RecordedPath } from "../../domain/recorded-path.ts";
import type { Task } from "../../domain/task.ts";
import type { Built } from "../../plugin/container.ts";
import { keyedRng } from "../../stats/rng.ts";
import { limiter, mapLimited } from "../../util/limit.ts";
import { Pages } from "../../world/pages.ts";
import { type EpisodeContext, openExplorer } from "../context/open-explorer.ts";
import { needOf } from "../context/run-context.ts";
import { playEpisode } from "./play-episode.ts";

export interface TrialOptions {
  readonly task: Task;
  /** 0 is greedy. */
  readonly temperatures: readonly number[];
  /** Episodes at each temperature. */
  readonly n: number;
  /** Equal seeds give equal randomness at every temperature. */
  readonly seed: number;
  readonly policyVersion: number;
  readonly signal: AbortSignal;
}

/** The episodes of one temperature, each as its points from the first page to the end. */
export interface Trials {
  readonly temperature: number;
  readonly episodes: readonly (readonly Point[])[];
}

/** Plays a task n times at each temperature. Learns and records nothing. */
export async function playTrials(
  { pipeline, built }: { readonly pipeline: Pipeline; readonly built: Built },
  o: TrialOptions,
): Promise<readonly Trials[]> {
  const pages = new Pages(built.environment, {
    grade: built.tasks.grade,
    limitMs: pipeline.limits.step_timeout_s * 1000,
  });
  const ctx: EpisodeContext = {
    pipeline,
    built,
    pages,
    need: needOf(built, { screens: "none" }),
    signal: o.signal,
    gate: limiter(pipeline.concurrency),
  };
  const all: Trials[] = [];
  try {
    // One temperature after the other: episode k has the same points, so the same randomness, at each.
    for (const temperature of o.temperatures) {
      const numbers = Array.from({ length: o.n }, (_, k) => k);
      const episodes = await mapLimited(numbers, pipeline.concurrency, (k) => playTrial(ctx, { ...o, temperature, k }));
      all.push({ temperature, episodes });
    }
    return all;
  } finally {
    await pages.close();
  }
}

async function playTrial(
  ctx: EpisodeContext,
  { task, temperature, k, seed, policyVersion }: TrialOptions & { readonly temperature: number; readonly k: number },
): Promise<readonly Point[]> {
  const rng = keyedRng("explore", seed, task.key, k);
  const pageSeed = rng.derive("page").int(2 ** 31);
  const { world, io } = openExplorer(ctx, { task, id: `explore/${k}`, seed: pageSeed, rng, policyVersion });
  try {
    const { steps } = await playEpisode(io, { name: task.key, temperature });
    return [...steps.map(({ at }) => at), ...steps.slice(-1).flatMap(({ edge }) => edge.ok ? [edge.to] : [])];
  } finally {
    await world.close();
  }
}

/** An episode as a fixture file holds it. */
export function recordedPath([root, ...points]: readonly Point[]): RecordedPath {
  if (!root) throw new TypeError("an episode has at least its first point");
  const steps = points.map(({ observation: to, history, end }) => {
    const { parsed, error } = history.at(-1)!;
    return { parsed, to: plain(to), ...(error && { error }), ...end };
  });
  return { goal: root.task, first: plain(root.observation), steps };
}

/** A fixture keeps no pixels. */
const plain = ({ screenshot: _, ...observation }: Point["observation"]) => observation;
