import type { Comparison, Done, Evaluation } from "../record/events.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { type RunListing, stageKinds } from "../record/runs.ts";
import { type ArmsView, armsView } from "./arms-view.ts";
import { armNames } from "./compared-side.ts";
import { iterationReports, lastComparisons, lastEvaluations } from "./run-summary.ts";

/** One iteration of the curves. */
export interface IterationLine {
  readonly iteration: number;
  /** Environment steps of the run when it was committed. */
  readonly envSteps: number;
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly dead: Readonly<Record<string, number>>;
}

/** A run as the viewer draws it. */
export interface RunPage extends Pick<RunListing, "id" | "name" | "seed" | "created" | "status"> {
  readonly path: string;
  readonly stages: readonly string[];
  readonly arms: readonly string[];
  readonly armsTable?: ArmsView;
  readonly reproducible?: boolean;
  /** Iterations of the stage, when they are given. */
  readonly of?: number;
  readonly iterations: readonly IterationLine[];
  readonly evaluations: readonly Evaluation[];
  readonly comparisons: readonly Comparison[];
  readonly warnings: readonly string[];
  readonly done?: Omit<Done, "evaluations" | "comparisons">;
  /** What continues a run that stopped. */
  readonly resume?: string;
}

/** A run with its curves, evaluations and comparisons. */
export async function runPage(run: RunFolder): Promise<RunPage> {
  const [events, state] = await Promise.all([run.readEvents(), run.readStatus()]);
  const reports = iterationReports(events);
  let envSteps = 0;
  const done = events.findLast((e) => e.type === "done");
  const launch = events.findLast((e) => e.type === "launch");
  const of = reports.at(-1)?.of;
  const { id, name, seed, created } = run.info;
  const status = state?.status;
  return {
    id,
    name,
    seed,
    created,
    path: run.path,
    ...(status && { status }),
    stages: stageKinds(run.info),
    arms: armNames(run),
    ...(done?.arms && { armsTable: armsView(done) }),
    ...(launch?.reproducible !== undefined && { reproducible: launch.reproducible }),
    ...(of !== undefined && { of }),
    iterations: reports.map(({ iteration, env_steps, metrics, dead }) => (
      { iteration, envSteps: envSteps += env_steps, metrics, dead }
    )),
    evaluations: lastEvaluations(events),
    comparisons: lastComparisons(events),
    warnings: [...new Set(events.flatMap((e) => e.type === "warning" ? [e.message] : []))],
    ...(done && status !== "RUNNING" && { done }),
    ...((status === "STOPPED" || status === "FAILED") && done?.error?.hint === undefined &&
      { resume: `halo run --resume ${run.path}` }),
  };
}
