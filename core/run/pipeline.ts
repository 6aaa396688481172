import { buildChecked } from "../config/build-checked.ts";
import type { Pipeline, Stage } from "../config/pipeline.ts";
import type { Need } from "../domain/observation.ts";
import type { Built } from "../plugin/container.ts";
import { createRun, type RunFolder } from "../record/run-folder.ts";
import { keyedRng } from "../stats/rng.ts";
import { limiter } from "../util/limit.ts";
import { HaloError, isHaloError } from "../util/errors.ts";
import { errorCodes } from "../util/codes.ts";
import type { Log } from "../util/log.ts";
import { compareStage } from "./compare.ts";
import { freshTotals, type RunContext, type Totals } from "./context.ts";
import { collect, evaluate } from "./evaluate.ts";
import type { Comparison, Done, Evaluation, RunEvent } from "./events.ts";
import { Pages } from "./pages.ts";
import { restoreLastCommit } from "./resume.ts";
import { train } from "./train.ts";

export interface RunOptions {
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly packageRoot: string;
  /** Continues this run instead of creating one. */
  readonly resume?: RunFolder;
  /** Receives every event of the run, after it was recorded. */
  readonly onEvent?: (event: RunEvent) => void;
}

/**
 * Runs a pipeline: build and cross-check the plugins, restore the last COMMIT if there is one, run the stages in order,
 * close everything. Throws for a pipeline that must not start; once the run folder exists, the returned record says how
 * the run ended and the folder keeps it. Only a defect of halo or of a plugin is thrown on from there.
 */
export async function runPipeline(pipeline: Pipeline, o: RunOptions): Promise<Done> {
  const start = performance.now();
  const { built, warnings } = await buildChecked(pipeline, o);
  const totals = freshTotals();
  const results: Results = { evaluations: [], comparisons: [] };
  try {
    for (const warning of warnings) o.log.warn(warning);
    const folder = o.resume ?? await createRun(pipeline.runs_dir, pipeline);
    const error = await runInto(folder, { pipeline, built, totals, results, options: o });
    const exit = exitOf(error);
    const done: Done = {
      ok: exit === 0,
      exit,
      run: folder.path,
      wall_s: (performance.now() - start) / 1000,
      train_s: totals.trainMs / 1000,
      env_steps: totals.envSteps,
      frac_reward_zero_std: totals.groups === 0 ? 0 : totals.deadGroups / totals.groups,
      ...results,
      gates: [],
      ...(error !== undefined && { error: describe(error) }),
    };
    await folder.status(exit === 0 ? "DONE" : exit === 1 ? "FAILED" : "STOPPED");
    await emitTo(folder, o)({ type: "done", ...done });
    if (exit === 1) throw error;
    return done;
  } finally {
    await built.close();
  }
}

interface RunParts {
  readonly pipeline: Pipeline;
  readonly built: Built;
  readonly totals: Totals;
  readonly results: Results;
  readonly options: RunOptions;
}

/** Runs every stage; resolves to what stopped it, undefined when it finished. */
async function runInto(
  folder: RunFolder,
  { pipeline, built, totals, results, options: o }: RunParts,
): Promise<unknown> {
  const pages = new Pages(built.environment);
  const ctx: RunContext = {
    pipeline,
    built,
    folder,
    pages,
    gate: limiter(pipeline.concurrency),
    totals,
    need: needOf(built),
    rng: keyedRng("run", pipeline.seed),
    log: o.log,
    signal: o.signal,
    emit: emitTo(folder, o),
  };
  try {
    await folder.status("RUNNING");
    const launch = { run: folder.path, name: pipeline.name, seed: pipeline.seed, resumed: o.resume !== undefined };
    await ctx.emit({ type: "launch", ...launch, reproducible: isReproducible(built) });
    await restoreLastCommit(ctx);
    await runStages(ctx, results);
    return undefined;
  } catch (e) {
    return o.signal.aborted ? o.signal.reason : e;
  } finally {
    await pages.close();
  }
}

function emitTo(folder: RunFolder, { onEvent }: RunOptions): (event: RunEvent) => Promise<void> {
  return async (event) => {
    const { type, ...data } = event;
    await folder.event(type, data);
    onEvent?.(event);
  };
}

interface Results {
  readonly evaluations: Evaluation[];
  readonly comparisons: Comparison[];
}

async function runStages(ctx: RunContext, results: Results): Promise<void> {
  const { stages } = ctx.pipeline;
  let iterations = 0;
  for (const [index, stage] of stages.entries()) {
    ctx.signal.throwIfAborted();
    await ctx.emit({ type: "stage", index, of: stages.length, kind: stage.kind, label: labelOf(stage) });
    switch (stage.kind) {
      case "evaluate":
      case "collect": {
        const evaluation = stage.kind === "evaluate" ? await evaluate(ctx, stage) : await collect(ctx, stage);
        results.evaluations.push(evaluation);
        await ctx.emit({ type: "evaluation", ...evaluation });
        break;
      }
      case "train":
        await train(ctx, stage, iterations);
        iterations += stage.iterations;
        break;
      case "compare": {
        const comparison = compareStage(stage, await ctx.folder.episodes());
        results.comparisons.push(comparison);
        await ctx.emit({ type: "comparison", ...comparison });
        break;
      }
    }
  }
}

function labelOf(stage: Stage): string {
  switch (stage.kind) {
    case "evaluate":
    case "collect":
      return stage.label;
    case "train":
      return `${stage.iterations} iterations`;
    case "compare":
      return `${stage.a} → ${stage.b}`;
  }
}

/** Equal seeds give equal results, bit for bit, at any concurrency. */
export function isReproducible({ environment, policy, critic, trainer }: Built): boolean {
  return environment.deterministic && policy.can.deterministic && (critic?.deterministic ?? true) &&
    (trainer?.deterministic ?? true);
}

function needOf({ policy, rewards }: Built): Need {
  const needs = [policy.need, ...rewards.map((r) => r.shaper.need)];
  return { screenshot: needs.some((n) => n.screenshot), axtree: needs.some((n) => n.axtree) };
}

function exitOf(error: unknown): number {
  if (error === undefined) return 0;
  return error instanceof HaloError ? errorCodes[error.code].exit : 1;
}

function describe(error: unknown): { readonly code: string; readonly message: string } {
  if (isHaloError(error)) return { code: error.code, message: error.message };
  return { code: "HALO_BUG", message: error instanceof Error ? error.message : String(error) };
}
