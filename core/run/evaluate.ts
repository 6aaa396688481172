import type { CollectStage, EvaluateStage, TaskChoice } from "../config/pipeline.ts";
import type { Edge, Point } from "../domain/point.ts";
import type { Task, TaskSource } from "../domain/task.ts";
import type { EpisodeSummary, StepRecord } from "../record/episode.ts";
import { keyedRng } from "../stats/rng.ts";
import { wilson } from "../stats/wilson.ts";
import { HaloError } from "../util/errors.ts";
import { mapLimited } from "../util/limit.ts";
import type { RunContext } from "./context.ts";
import type { Evaluation } from "../record/events.ts";
import { mean } from "./metrics.ts";
import { stepRecord } from "./records.ts";
import { addCost, openExplorer } from "./slot.ts";
import { startingAdapter } from "./starting-adapter.ts";

/** Runs one episode per task (or several) with the policy as it is; episodes already on disk are not run again. */
export async function evaluate(ctx: RunContext, stage: EvaluateStage): Promise<Evaluation> {
  const episodes = await episodesOfStage(ctx, stage, stage.decoding, stage.episodes_per_task);
  return await summarise(ctx, { label: stage.label, decoding: stage.decoding, episodes });
}

/** Runs sampled episodes and keeps them; nothing is learned from them. */
export async function collect(ctx: RunContext, stage: CollectStage): Promise<Evaluation> {
  const episodes = await episodesOfStage(ctx, stage, "sample", 1);
  return await summarise(ctx, { label: stage.label, decoding: "sample", episodes });
}

async function episodesOfStage(
  ctx: RunContext,
  stage: EvaluateStage | CollectStage,
  decoding: "greedy" | "sample",
  perTask: number,
): Promise<readonly EpisodeSummary[]> {
  const tasks = await chooseTasks(ctx.built.tasks, stage);
  const finished = new Map((await ctx.folder.episodes()).map((e) => [e.id, e]));
  const jobs = tasks.flatMap((task) =>
    Array.from({ length: perTask }, (_, k) => ({ task, k, id: `${stage.label}/${task.key}#${k}` }))
  );
  let done = 0;
  let successes = 0;
  return await mapLimited(jobs, ctx.pipeline.concurrency, async ({ task, k, id }) => {
    ctx.signal.throwIfAborted();
    const episode = finished.get(id) ??
      await runEpisode(ctx, { id, label: stage.label, decoding, task, k, taskSeed: stage.task_seed });
    done++;
    if (episode.success) successes++;
    await ctx.emit({ type: "episode", label: stage.label, done, of: jobs.length, successes });
    return episode;
  });
}

/** The tasks of an evaluation: the first of its draw, or the first of the list that match its glob. */
export async function chooseTasks(
  tasks: TaskSource,
  stage: TaskChoice & { readonly sample_size: number },
): Promise<readonly Task[]> {
  if (stage.tasks === undefined) {
    return Array.from(
      { length: stage.sample_size },
      (_, index) => tasks.draw({ split: stage.split, index, seed: stage.task_seed }),
    );
  }
  const matching = await tasks.list({ split: stage.split, match: stage.tasks });
  if (matching.length === 0) {
    throw new HaloError("HALO_TASKS_EMPTY", `no task of split "${stage.split}" matches "${stage.tasks}"`, {
      hint: "halo tasks",
    });
  }
  return matching.slice(0, stage.sample_size);
}

interface EpisodeJob {
  readonly id: string;
  readonly label: string;
  readonly decoding: "greedy" | "sample";
  readonly task: Task;
  readonly k: number;
  readonly taskSeed: number;
}

/** Plays one episode to its end and records it: steps first, then the line that makes it count. */
async function runEpisode(ctx: RunContext, job: EpisodeJob): Promise<EpisodeSummary> {
  // Keyed by the task, not by the label: before and after meet equal pages and break ties alike.
  const rng = keyedRng("evaluate", job.taskSeed, job.task.key, job.k);
  const seed = rng.derive("page").int(2 ** 31);
  const policyVersion = ctx.totals.iteration;
  const { world, io } = openExplorer(ctx, { task: job.task, slot: job.id, seed, rng, policyVersion });
  const steps: StepRecord[] = [];
  let reward = 0;
  try {
    let at = await io.root();
    while (!at.end) {
      const draw = await io.draw(at, { n: 1, mode: job.decoding, temperature: 1, key: String(at.depth) });
      const edge = await io.step(at, draw.samples[0]!);
      const next = standing(edge, job);
      steps.push(stepRecord(at, edge, draw.policyVersion));
      reward += edge.ok ? edge.reward : 0;
      at = next;
    }
    const { stop, verdict } = at.end;
    const summary: EpisodeSummary = {
      id: job.id,
      label: job.label,
      taskKey: job.task.key,
      template: job.task.template,
      split: job.task.split,
      optimum: job.task.optimum,
      goal: job.task.goal.text,
      steps: steps.length,
      stop,
      success: verdict.success,
      verdict,
      reward,
      policyVersion: ctx.totals.iteration,
    };
    await ctx.folder.writeSteps(job.id, steps);
    await ctx.folder.episode(summary);
    return summary;
  } finally {
    await world.close();
    addCost(ctx.totals.cost, world.cost);
  }
}

function standing(edge: Edge, job: EpisodeJob): Point {
  if (edge.ok) return edge.to;
  throw new HaloError("HALO_ENVIRONMENT_FAULT", `episode ${job.id}: ${edge.fault.message}`, {
    hint: "the run can be resumed; finished episodes are kept",
    cause: edge.fault,
  });
}

async function summarise(
  ctx: RunContext,
  { label, decoding, episodes }: Pick<Evaluation, "label" | "decoding"> & {
    readonly episodes: readonly EpisodeSummary[];
  },
): Promise<Evaluation> {
  const successes = episodes.filter((e) => e.success).length;
  const byTemplate: Record<string, { n: number; successes: number }> = {};
  for (const e of episodes) {
    const row = byTemplate[e.template] ??= { n: 0, successes: 0 };
    row.n++;
    if (e.success) row.successes++;
  }
  const [low, high] = wilson(successes, episodes.length);
  const version = episodes[0]?.policyVersion ?? 0;
  const adapter = version === 0 ? await startingAdapter(ctx.pipeline.policy) : undefined;
  return {
    label,
    decoding,
    policy_version: version,
    ...(adapter && { adapter }),
    n: episodes.length,
    successes,
    success_rate: successes / episodes.length,
    ci95: [low, high],
    mean_reward: mean(episodes.map((e) => e.reward)),
    episode_length: mean(episodes.map((e) => e.steps)),
    by_template: Object.fromEntries(Object.entries(byTemplate).sort(([a], [b]) => a < b ? -1 : 1)),
  };
}
