import { resolve } from "node:path";
import { buildChecked } from "../config/build-checked.ts";
import { nondeterministicParts } from "../config/crosscheck.ts";
import type { Pipeline, Stage } from "../config/pipeline.ts";
import type { Built } from "../plugin/container.ts";
import { Blobs } from "../record/blobs.ts";
import type { Done } from "../record/events.ts";
import { createRun, type RunFolder } from "../record/run-folder.ts";
import { keyedRng } from "../stats/rng.ts";
import { limiter } from "../util/limit.ts";
import { Pages } from "../world/pages.ts";
import { RunAnswers } from "./answers.ts";
import { runArms } from "./arms.ts";
import { RunBudget } from "./budget.ts";
import { checkReady } from "./check-ready.ts";
import { conclude, doneOf, emitTo, noResults, type Results } from "./conclude.ts";
import { placedError } from "./context/placed-error.ts";
import { CostMeter, needOf, pageKeepers, type RunContext } from "./context/run-context.ts";
import { freshTotals } from "./context/totals.ts";
import { compareStage } from "./evaluate/compare.ts";
import { collect, evaluate } from "./evaluate/evaluate.ts";
import { comparisonGates, evaluationGates } from "./evaluate/gates.ts";
import type { RunOptions } from "./options.ts";
import { keepInputs } from "./inputs.ts";
import { restoreLastCommit } from "./resume.ts";
import { Tracking } from "./track/tracking.ts";
import { train } from "./train/train.ts";

/**
 * Runs a pipeline: build and cross-check the plugins, restore the last COMMIT if there is one, run the stages in order,
 * close everything. The parts do not know each other; this file calls them, and what they share is the RunContext:
 *
 *   the run      config (buildChecked), check-ready.ts, budget.ts, resume.ts, conclude.ts, arms.ts for A/B runs
 *   train/       explore → seal → update → commit → adopt → tell
 *   evaluate/    episodes with the policy as it is; comparisons and gates
 *   track/       tells trackers, beside the run
 *   context/     what stages share: totals, costs, the door to one episode
 *   ../world/    pages, forks and rewards behind the points an algorithm sees
 *   ../record/   everything on disk, typed and checked
 *
 * Throws for a pipeline that must not start; once the run folder exists, the returned record says how
 * the run ended and the folder keeps it. Only a defect of halo or of a plugin is thrown on from there. A pipeline with
 * arms runs each of them this way and compares them.
 */
export async function runPipeline(pipeline: Pipeline, o: RunOptions): Promise<Done> {
  if (pipeline.arms) return await runArms(pipeline, { ...o, runOne: runPipeline });
  const start = performance.now();
  const budget = new RunBudget(pipeline.limits);
  const answers = new RunAnswers();
  const blobs = new Blobs(resolve(pipeline.runs_dir));
  const { built, warnings } = await buildChecked(pipeline, { ...o, blobs, budget, answers });
  try {
    for (const warning of warnings) o.log.warn(warning);
    await checkReady({ pipeline, built, signal: o.signal });
    const folder = o.resume ?? await createRun(pipeline.runs_dir, pipeline);
    const resumed = await folder.readStatus() !== undefined;
    // Whoever is refused here must not touch the run any further.
    await folder.status("RUNNING");
    const accepted = await keepInputs(folder.path, pipeline, { accepts: o.acceptsChanges === true });
    await budget.keepIn(folder.path);
    await answers.keepIn(folder.path);
    const { ctx, tracking } = contextOf({ pipeline, built, folder, o });
    const results = noResults();
    const stop = await runInto(ctx, { results, resumed, accepted, fromIteration: o.fromIteration, tracking });
    const error = placedError(stop, { pipeline, tasks: built.tasks });
    const { emit, progress: { totals } } = ctx;
    const done = doneOf(folder, {
      wall_s: (performance.now() - start) / 1000,
      train_s: totals.trainMs / 1000,
      env_steps: totals.envSteps,
      frac_reward_zero_std: totals.groups === 0 ? 0 : totals.deadGroups / totals.groups,
      ...(budget.spent.tokens > 0 && { spent: budget.spent }),
      ...results,
      error,
    });
    await tracking.end(done, { isCancelled: o.signal.aborted });
    return await conclude(folder, { done, error, emit });
  } finally {
    await built.close();
  }
}

function contextOf({ pipeline, built, folder, o }: {
  readonly pipeline: Pipeline;
  readonly built: Built;
  readonly folder: RunFolder;
  readonly o: RunOptions;
}): { readonly ctx: RunContext; readonly tracking: Tracking } {
  const emit = emitTo(folder, (event) => {
    o.onEvent?.(event);
    tracking.tell(event);
  });
  const warn = (message: string) => emit({ type: "warning", message });
  const tracking = new Tracking({
    folder,
    trackers: built.trackers,
    environment: built.environment,
    warn: (message) => warn(message).catch(() => o.log.warn(message)),
  });
  const ctx: RunContext = {
    pipeline,
    built,
    folder,
    pages: new Pages(built.environment, {
      grade: built.tasks.grade,
      limitMs: pipeline.limits.step_timeout_s * 1000,
      warn: o.log.warn,
    }),
    gate: limiter(pipeline.concurrency),
    progress: { totals: freshTotals },
    meter: new CostMeter(),
    need: needOf(built, pipeline.record),
    rng: keyedRng("run", pipeline.seed),
    log: o.log,
    signal: o.signal,
    emit,
    pagesOf: pageKeepers(pipeline, { run: folder.path, shots: folder.blobs, warn }),
  };
  return { ctx, tracking };
}

interface RunInto {
  readonly results: Results;
  readonly resumed: boolean;
  /** Changes that this attempt goes on with. */
  readonly accepted: readonly string[];
  readonly fromIteration: number | undefined;
  readonly tracking: Tracking;
}

/** Runs every stage; resolves to what stopped it, undefined when it finished. */
async function runInto(
  ctx: RunContext,
  { results, resumed, accepted, fromIteration, tracking }: RunInto,
): Promise<unknown> {
  const { pipeline: { name, seed }, folder, built, signal } = ctx;
  try {
    if (fromIteration !== undefined) await folder.fallBackTo(fromIteration);
    const launch = { run: folder.path, name, seed, resumed };
    await ctx.emit({ type: "launch", ...launch, reproducible: nondeterministicParts(built).length === 0 });
    for (const change of accepted) await ctx.emit({ type: "warning", message: `accepted: ${change}` });
    await restoreLastCommit(ctx);
    tracking.start({ from: ctx.progress.totals.iteration, isResumed: resumed });
    await runStages(ctx, results);
    return undefined;
  } catch (e) {
    return signal.aborted ? signal.reason : e;
  } finally {
    await ctx.pages.close();
  }
}

async function runStages(ctx: RunContext, { evaluations, comparisons, gates }: Results): Promise<void> {
  const { stages } = ctx.pipeline;
  for (const [index, stage] of stages.entries()) {
    ctx.signal.throwIfAborted();
    await ctx.emit({ type: "stage", index, of: stages.length, kind: stage.kind, label: labelOf(stage) });
    switch (stage.kind) {
      case "evaluate":
      case "collect": {
        const evaluation = stage.kind === "evaluate" ? await evaluate(ctx, stage) : await collect(ctx, stage);
        evaluations.push(evaluation);
        if (stage.kind === "evaluate") gates.push(...evaluationGates(stage, evaluation));
        await ctx.emit({ type: "evaluation", ...evaluation });
        break;
      }
      case "train":
        await train(ctx, stage, index);
        break;
      case "compare": {
        const comparison = compareStage(stage, await ctx.folder.episodes());
        comparisons.push(comparison);
        gates.push(...comparisonGates(stage, comparison));
        await ctx.emit({ type: "comparison", ...comparison });
        break;
      }
    }
  }
}

/** A stage as progress names it. */
export function labelOf(stage: Stage): string {
  switch (stage.kind) {
    case "evaluate":
    case "collect":
      return stage.label;
    case "train":
      return [
        ...stage.iterations === undefined ? [] : [`${stage.iterations} iterations`],
        ...stage.env_steps === undefined ? [] : [`${stage.env_steps} environment steps`],
      ].join(" or ");
    case "compare":
      return `${stage.a} → ${stage.b}`;
  }
}
