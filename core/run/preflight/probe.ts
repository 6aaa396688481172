import { untaughtCause } from "../../algorithm/dead-group.ts";
import type { Pipeline, TrainStage } from "../../config/pipeline.ts";
import type { Spending } from "../../domain/budget.ts";
import type { Group } from "../../domain/group.ts";
import type { Task } from "../../domain/task.ts";
import type { Built } from "../../plugin/container.ts";
import { mean } from "../../stats/mean.ts";
import { keyedRng } from "../../stats/rng.ts";
import { limiter, mapLimited } from "../../util/limit.ts";
import { Pages } from "../../world/pages.ts";
import { inWorld } from "../context/open-explorer.ts";
import { placedError } from "../context/placed-error.ts";
import { CostMeter, needOf } from "../context/run-context.ts";
import { playEpisode } from "../evaluate/play-episode.ts";
import { drawWave } from "../train/draw-wave.ts";
import { exploreSlot } from "../train/explore-slot.ts";
import { type GroupFigures, groupFigures } from "../train/group-figures.ts";

export interface ProbeOptions {
  readonly pipeline: Pipeline;
  readonly built: Built;
  readonly stage: TrainStage;
  /** Training tasks that are tried, and how often each. */
  readonly tasks: number;
  readonly episodes: number;
  readonly signal: AbortSignal;
  /** What paid models took so far. */
  readonly spent: () => Spending;
}

/** What the first groups and episodes of a training would be like. */
export interface Probe extends GroupFigures {
  readonly tasks: number;
  /** Tasks with at least one group that teaches. */
  readonly live_tasks: number;
  /** How often tasks of each template were explored, and in how many of those tries an action was paid: more than 0. */
  readonly by_template: Readonly<Record<string, { readonly tries: number; readonly paid: number }>>;
  readonly slots: number;
  readonly groups: number;
  readonly live_groups: number;
  readonly dead: Readonly<Record<string, number>>;
  /** Success of single sampled episodes, task by task. */
  readonly success_by_task: readonly number[];
  readonly env_steps: number;
  /** By the clock, at the pipeline's concurrency. */
  readonly explore_s: number;
  readonly episodes_s: number;
  readonly spent: Spending;
}

/** Explores training tasks as the first iterations would, and plays single episodes of them. Learns and records nothing. */
export async function probe(o: ProbeOptions): Promise<Probe> {
  const { pipeline, built, stage } = o;
  const rng = keyedRng("preflight", pipeline.seed);
  const tasks = drawWave(built.curriculum, {
    n: o.tasks,
    split: stage.split,
    seed: stage.task_seed,
    drawn: 0,
    trained: [],
    tasks: built.tasks,
    rng: rng.derive("curriculum"),
  });
  const pages = new Pages(built.environment, {
    grade: built.tasks.grade,
    limitMs: pipeline.limits.step_timeout_s * 1000,
  });
  const gate = limiter(pipeline.concurrency);
  const need = needOf(built, { screens: "none" });
  const ctx = { pipeline, built, pages, need, gate, rng, meter: new CostMeter(), signal: o.signal };
  const jobs = tasks.flatMap((task, i) => Array.from({ length: o.episodes }, (_, k) => ({ task, i, k })));
  try {
    const start = performance.now();
    const slots = await mapLimited(
      jobs,
      pipeline.concurrency,
      ({ task, i, k }) => exploreSlot(ctx, { id: `preflight.${i}.${k}`, task, policyVersion: 0 }),
    );
    const explored = performance.now();
    const solved = await mapLimited(jobs, pipeline.concurrency, (job) => isSolved(ctx, job));
    return {
      tasks: tasks.length,
      ...lessonsOf(built, slots),
      success_by_task: tasks.map((_, i) => mean(solved.filter((_, k) => jobs[k]!.i === i).map(Number))),
      env_steps: slots.reduce((sum, { envSteps }) => sum + envSteps, 0),
      explore_s: (explored - start) / 1000,
      episodes_s: (performance.now() - explored) / 1000,
      spent: o.spent(),
    };
  } catch (e) {
    throw placedError(e, { pipeline, tasks: built.tasks });
  } finally {
    await pages.close();
  }
}

/** What slots teach. */
function lessonsOf(built: Built, slots: readonly { readonly task: Task; readonly groups: readonly Group[] }[]) {
  const groups = slots.flatMap((slot) => slot.groups);
  const causes = new Map(groups.map((group) => [group, causeOf(built, group)]));
  const isLive = (group: Group) => causes.get(group) === undefined;
  const dead: Record<string, number> = {};
  for (const cause of causes.values()) if (cause !== undefined) dead[cause] = (dead[cause] ?? 0) + 1;
  return {
    live_tasks: new Set(slots.flatMap(({ task, groups }) => groups.some(isLive) ? [task.key] : [])).size,
    by_template: paidByTemplate(slots),
    slots: slots.length,
    groups: groups.length,
    live_groups: groups.filter(isLive).length,
    dead,
    ...groupFigures(groups),
  };
}

function paidByTemplate(slots: Parameters<typeof lessonsOf>[1]): Probe["by_template"] {
  const isPaid = ({ decisions }: Group) =>
    decisions.some(({ branches }) => branches.some(({ reward = 0 }) => reward > 0));
  const rows: Record<string, { tries: number; paid: number }> = {};
  for (const { task, groups } of slots) {
    const row = rows[task.template] ??= { tries: 0, paid: 0 };
    row.tries++;
    if (groups.some(isPaid)) row.paid++;
  }
  return rows;
}

/** Why nothing is learned from a group; undefined where something is. */
function causeOf({ algorithm }: Built, group: Group): string | undefined {
  const taught = algorithm!.credit(group);
  return taught.length > 0 ? undefined : untaughtCause(group, taught) ?? "no_preference";
}

/** One sampled episode of a task, as an evaluation with `decoding: sample` plays it. */
async function isSolved(
  ctx: Parameters<typeof inWorld>[0] & Parameters<typeof exploreSlot>[0],
  { task, i, k }: { readonly task: Task; readonly i: number; readonly k: number },
): Promise<boolean> {
  const id = `preflight.episode.${i}.${k}`;
  const seed = ctx.rng.derive(id, "page").int(2 ** 31);
  const episode = { task, id, seed, rng: ctx.rng.derive(id), policyVersion: 0 };
  const { end } = await inWorld(ctx, episode, ({ io }) => playEpisode(io, { name: id, temperature: 1 }));
  return end.verdict.success;
}
