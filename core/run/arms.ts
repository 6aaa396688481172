import { join } from "node:path";
import { sharedLabels } from "../config/arms.ts";
import { buildChecked } from "../config/build-checked.ts";
import type { Pipeline } from "../config/pipeline.ts";
import { armPath } from "../record/arm-path.ts";
import { createRun, type RunFolder } from "../record/run-folder.ts";
import { openRun } from "../record/runs.ts";
import { compareArms } from "../report/compare-arms.ts";
import type { ErrorCode } from "../util/codes.ts";
import { HaloError, isHaloError } from "../util/errors.ts";
import { RunBudget } from "./budget.ts";
import { checkReady } from "./check-ready.ts";
import { conclude, doneOf, emitTo } from "./conclude.ts";
import type { Comparison, Done, Evaluation } from "../record/events.ts";
import type { RunOptions } from "./options.ts";

type RunOne = (pipeline: Pipeline, o: RunOptions) => Promise<Done>;

interface FinishedArm {
  readonly name: string;
  readonly pipeline: Pipeline;
  readonly folder: RunFolder;
  readonly done: Done;
}

/**
 * Runs the arms of a pipeline one after another, each as a whole run inside one run folder, then compares every
 * evaluation they share with that of the first arm, paired by task key. A resume keeps finished arms.
 */
export async function runArms(pipeline: Pipeline, o: RunOptions & { readonly runOne: RunOne }): Promise<Done> {
  const start = performance.now();
  const arms = pipeline.arms ?? [];
  if (o.fromIteration !== undefined) {
    throw new HaloError("HALO_RUN_ITERATION", "a run with arms has no iterations of its own", {
      hint: `fall back in an arm first: halo run --resume ${
        o.resume?.path ?? "RUN"
      }/arms/NAME --from-iteration ${o.fromIteration}`,
    });
  }
  for (const warning of pipeline.warnings) o.log.warn(warning);
  if (!o.resume) { for (const arm of arms) await tryOut(arm.pipeline, o); }
  const folder = o.resume ?? await createRun(pipeline.runs_dir, pipeline);
  const emit = emitTo(folder, o.onEvent);
  await folder.status("RUNNING");
  const launch = { run: folder.path, name: pipeline.name, seed: pipeline.seed, resumed: o.resume !== undefined };
  await emit({ type: "launch", ...launch, arms: arms.map((arm) => arm.name) });
  const finished: FinishedArm[] = [];
  const comparisons: Comparison[] = [];
  let error: unknown;
  try {
    for (const [index, arm] of arms.entries()) {
      o.signal.throwIfAborted();
      await emit({ type: "arm", name: arm.name, index, of: arms.length, run: armPath(folder.path, arm.name) });
      const ended = await runArm(folder.path, arm, o);
      finished.push(ended);
      for (const e of ended.done.evaluations) await folder.event({ type: "evaluation", ...inArm(arm.name, e) });
    }
    comparisons.push(...await compareWithFirst(finished));
    for (const comparison of comparisons) await emit({ type: "comparison", ...comparison });
  } catch (e) {
    error = o.signal.aborted ? o.signal.reason : e;
  }
  const total = (of: (done: Done) => number) => finished.reduce((sum, { done }) => sum + of(done), 0);
  const paid = finished.some(({ done }) => done.spent);
  const done = doneOf(folder, {
    wall_s: (performance.now() - start) / 1000,
    train_s: total((d) => d.train_s),
    env_steps: total((d) => d.env_steps),
    frac_reward_zero_std: total((d) => d.frac_reward_zero_std) / Math.max(1, finished.length),
    ...(paid && { spent: { tokens: total((d) => d.spent?.tokens ?? 0), usd: total((d) => d.spent?.usd ?? 0) } }),
    evaluations: finished.flatMap(({ name, done }) => done.evaluations.map((e) => inArm(name, e))),
    comparisons,
    gates: finished.flatMap(({ name, done }) => done.gates.map((gate) => ({ ...gate, name: `${name}/${gate.name}` }))),
    arms: finished.map(({ name, done: { run, env_steps, train_s, frac_reward_zero_std, spent } }) => ({
      name,
      run,
      env_steps,
      train_s,
      frac_reward_zero_std,
      ...(spent && { spent }),
    })),
    error,
  });
  return await conclude(folder, { done, error, emit });
}

/** Builds an arm and closes it again: what it lacks, a key or a server, shows before the first arm starts. */
async function tryOut(pipeline: Pipeline, o: RunOptions): Promise<void> {
  const { built } = await buildChecked(pipeline, { ...o, budget: new RunBudget(pipeline.limits) });
  try {
    await checkReady({ pipeline, built, signal: o.signal });
  } finally {
    await built.close();
  }
}

/** Runs an arm, or goes on with it; one that is done already is read back. Throws what stopped it. */
async function runArm(
  run: string,
  arm: NonNullable<Pipeline["arms"]>[number],
  { runOne, ...o }: RunOptions & { readonly runOne: RunOne },
): Promise<FinishedArm> {
  const folder = await openRun(armPath(run, arm.name), join(run, "arms")).catch((e: unknown) => {
    if (!isHaloError(e, "HALO_RUN_NOT_FOUND")) throw e;
    return createRun(join(run, "arms"), { ...arm.pipeline, id: arm.name });
  });
  const kept = await finishedDone(folder);
  const done = kept ?? await runOne(arm.pipeline, {
    ...o,
    resume: folder,
    onEvent: (event) => {
      if (event.type !== "launch" && event.type !== "done") o.onEvent?.({ ...event, arm: arm.name });
    },
  });
  if (done.error) {
    const { code, message, hint } = done.error;
    const isLasting = hint !== undefined && code !== "HALO_RUN_CORRUPT";
    throw new HaloError(code as ErrorCode, `arm "${arm.name}": ${message}`, {
      ...(hint !== undefined && { hint }),
      isLasting,
    });
  }
  return { ...arm, folder, done };
}

/** How a run that is over ended; undefined when it is not over. */
async function finishedDone(folder: RunFolder): Promise<Done | undefined> {
  if ((await folder.readStatus())?.status !== "DONE") return undefined;
  return (await folder.readEvents()).findLast((event) => event.type === "done");
}

async function compareWithFirst(arms: readonly FinishedArm[]): Promise<readonly Comparison[]> {
  const [first, ...others] = await Promise.all(
    arms.map(async ({ name, folder }) => ({ name, run: folder.path, episodes: await folder.episodes() })),
  );
  return sharedLabels(arms).flatMap((label) => {
    const side = ({ name, run, episodes }: NonNullable<typeof first>) => ({
      label: `${name}/${label}`,
      run,
      episodes: episodes.filter((e) => e.label === label),
    });
    return others.map((other) => compareArms(side(first!), side(other)));
  });
}

const inArm = (arm: string, e: Evaluation): Evaluation => ({ ...e, label: `${arm}/${e.label}` });
