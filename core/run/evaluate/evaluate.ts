import type { CollectStage, EvaluateStage } from "../../config/pipeline.ts";
import type { Task } from "../../domain/task.ts";
import type { EpisodeSummary } from "../../record/episode.ts";
import type { Evaluation } from "../../record/events.ts";
import type { FaultRecord } from "../../record/faults.ts";
import { mean } from "../../stats/mean.ts";
import { keyedRng } from "../../stats/rng.ts";
import { clusteredRate } from "../../stats/clustered.ts";
import { wilson } from "../../stats/wilson.ts";
import { mapLimited } from "../../util/limit.ts";
import { HaloError } from "../../util/errors.ts";
import { FaultyTasks } from "../context/faulty-tasks.ts";
import { inWorld } from "../context/open-explorer.ts";
import type { RunContext } from "../context/run-context.ts";
import { chooseTasks } from "./choose-tasks.ts";
import { playEpisode } from "./play-episode.ts";
import { startingAdapter } from "./starting-adapter.ts";
import { stepRecord } from "./step-record.ts";

/** Runs one episode per task (or several) with the policy as it is; episodes already on disk are not run again. */
export async function evaluate(ctx: RunContext, stage: EvaluateStage): Promise<Evaluation> {
  const { label, decoding, episodes_per_task: perTask, temperature = 1 } = stage;
  const played = await episodesOfStage(ctx, stage, { temperature: decoding === "greedy" ? 0 : temperature, perTask });
  const isWarm = decoding === "sample" && temperature !== 1;
  return await summarise(ctx, { label, decoding, ...(isWarm && { temperature }), ...played });
}

/** Runs sampled episodes and keeps them; nothing is learned from them. */
export async function collect(ctx: RunContext, stage: CollectStage): Promise<Evaluation> {
  const played = await episodesOfStage(ctx, stage, { temperature: 1, perTask: 1 });
  return await summarise(ctx, { label: stage.label, decoding: "sample", ...played });
}

async function episodesOfStage(
  ctx: RunContext,
  stage: EvaluateStage | CollectStage,
  { temperature, perTask }: { readonly temperature: number; readonly perTask: number },
): Promise<Played> {
  const tasks = await chooseTasks(ctx.built.tasks, stage);
  if (stage.tasks === undefined && tasks.length < stage.sample_size) {
    ctx.log.warn(
      `${stage.label}: sample_size is ${stage.sample_size}, but there are ${tasks.length} tasks; each counts once`,
    );
  }
  const finished = new Map((await ctx.folder.episodes()).map((e) => [e.id, e]));
  const jobs = tasks.flatMap((task) =>
    Array.from({ length: perTask }, (_, k) => ({ task, k, id: `${stage.label}/${task.key}#${k}` }))
  );
  let done = 0;
  let successes = 0;
  const faulty = await FaultyTasks.open(ctx, stage.label);
  const played = await mapLimited(jobs, ctx.pipeline.concurrency, async ({ task, k, id }) => {
    ctx.signal.throwIfAborted();
    const job = { id, label: stage.label, temperature, task, k, taskSeed: stage.task_seed };
    const episode = finished.get(id) ??
      await faulty.unlessFaulty({ id, task }, { planned: jobs.length }, () => runEpisode(ctx, job));
    done++;
    if (episode?.success) successes++;
    await ctx.emit({ type: "episode", label: stage.label, done, of: jobs.length, successes });
    return episode;
  });
  await faulty.keep();
  if (successes === 0 && !jobs.some(({ id }) => finished.has(id))) {
    const doubts = ctx.built.environment.doubts?.(tasks.map(({ key }) => key)) ?? [];
    for (const doubt of doubts) await ctx.emit({ type: "warning", message: `${stage.label}: ${doubt}` });
  }
  return { episodes: played.filter((episode) => episode !== undefined), aside: faulty.all };
}

/** What an evaluation came to: episodes that were played, and those that could not be. */
interface Played {
  readonly episodes: readonly EpisodeSummary[];
  readonly aside: readonly FaultRecord[];
}

interface EpisodeJob {
  readonly id: string;
  readonly label: string;
  /** 0 is greedy. */
  readonly temperature: number;
  readonly task: Task;
  readonly k: number;
  readonly taskSeed: number;
}

/** Plays one episode to its end and records it: steps first, then the line that makes it count. */
async function runEpisode(
  ctx: RunContext,
  { id, label, temperature, task, k, taskSeed }: EpisodeJob,
): Promise<EpisodeSummary> {
  // Keyed by the task, not by the label: before and after meet equal pages and break ties alike.
  const rng = keyedRng("evaluate", taskSeed, task.key, k);
  const seed = rng.derive("page").int(2 ** 31);
  const policyVersion = ctx.progress.totals.iteration;
  const pages = ctx.pagesOf.evaluate?.();
  const need = { ...ctx.need, screenshot: ctx.need.screenshot || ctx.pipeline.record.screens !== "none" };
  // Points are named after the task too, since draws are keyed by them.
  const episode = { task, id: `evaluate/${task.key}#${k}`, seed, rng, policyVersion, onPoint: pages?.add };
  const { steps, end } = await inWorld(
    { ...ctx, need },
    episode,
    ({ io }) => playEpisode(io, { name: `episode ${id}`, temperature }),
  );
  const records = steps.map(stepRecord);
  const summary: EpisodeSummary = {
    id,
    label,
    taskKey: task.key,
    template: task.template,
    split: task.split,
    optimum: task.optimum,
    goal: steps[0]!.at.task.text,
    steps: records.length,
    stop: end.stop,
    success: end.verdict.success,
    verdict: end.verdict,
    reward: records.reduce((sum, step) => sum + step.reward, 0),
    policyVersion,
  };
  await pages?.keep(id, task);
  await ctx.folder.writeSteps(id, records);
  await ctx.folder.episode(summary);
  return summary;
}

async function summarise(
  ctx: RunContext,
  { label, decoding, temperature, episodes, aside }: Pick<Evaluation, "label" | "decoding" | "temperature"> & Played,
): Promise<Evaluation> {
  if (episodes.length === 0) {
    throw new HaloError("HALO_ENVIRONMENT_FAULT", `${label}: all ${aside.length} episodes are set aside`, {
      hint: `${aside[0]?.code}: ${aside[0]?.message}`,
    });
  }
  const successes = episodes.filter((e) => e.success).length;
  const all = episodes.length + aside.length;
  const byTemplate: Record<string, { n: number; successes: number }> = {};
  for (const e of episodes) {
    const row = byTemplate[e.template] ??= { n: 0, successes: 0 };
    row.n++;
    if (e.success) row.successes++;
  }
  const byTask = [...Map.groupBy(episodes, (e) => e.taskKey).values()];
  const rates = byTask.map((trials) => trials.filter((e) => e.success).length / trials.length);
  // Trials of one task resemble each other: they are a cluster, not so many tasks.
  const ci95 = byTask.length === episodes.length ? wilson(successes, episodes.length) : clusteredRate(rates);
  const version = episodes[0]?.policyVersion ?? 0;
  const adapter = version === 0 ? await startingAdapter(ctx.pipeline.policy) : undefined;
  return {
    label,
    decoding,
    ...(temperature !== undefined && { temperature }),
    policy_version: version,
    ...(adapter && { adapter }),
    n: episodes.length,
    successes,
    success_rate: successes / episodes.length,
    ci95,
    ...(aside.length > 0 && {
      set_aside: {
        n: aside.length,
        bounds: [successes / all, (successes + aside.length) / all] as const,
        tasks: [...new Set(aside.map(({ taskKey }) => taskKey))].sort(),
      },
    }),
    mean_reward: mean(episodes.map((e) => e.reward)),
    episode_length: mean(episodes.map((e) => e.steps)),
    by_template: Object.fromEntries(Object.entries(byTemplate).sort(([a], [b]) => a < b ? -1 : 1)),
  };
}
