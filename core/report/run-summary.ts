import type { Comparison, Evaluation, RecordedEvent } from "../record/events.ts";
import { type RunListing, stageKinds } from "../record/runs.ts";
import { RunFolder } from "../record/run-folder.ts";
import { armNames } from "./compared-side.ts";

/** What a list of runs says about one of them. */
export interface RunSummary extends RunListing {
  /** Kinds of the stages, in order. */
  readonly stages: readonly string[];
  readonly arms: readonly string[];
  /** The last one of each label, in the order of the labels. */
  readonly evaluations: readonly Pick<Evaluation, "label" | "n" | "successes" | "success_rate" | "ci95">[];
  readonly iterations: number;
  /** Iterations of the stage, when they are given. */
  readonly of?: number;
  readonly envSteps: number;
  /** Seconds from the first event to the last one. */
  readonly seconds: number;
  /** Mean reward of each iteration. */
  readonly rewards: readonly number[];
}

/** Reads what a list shows of a run; a damaged one has nothing but its damage. */
export async function runSummary(listing: RunListing, run: RunFolder | undefined): Promise<RunSummary> {
  const empty = {
    stages: [],
    arms: [],
    evaluations: [],
    iterations: 0,
    envSteps: 0,
    seconds: 0,
    rewards: [],
  };
  if (!run) return { ...listing, ...empty };
  const events = await run.readEvents();
  const reports = iterationReports(events);
  const steps = reports.reduce((sum, r) => sum + r.env_steps, 0);
  const of = reports.at(-1)?.of;
  return {
    ...listing,
    stages: stageKinds(run.info),
    arms: armNames(run),
    evaluations: lastEvaluations(events).map(({ label, n, successes, success_rate, ci95 }) => (
      { label, n, successes, success_rate, ci95 }
    )),
    iterations: reports.length,
    ...(of !== undefined && { of }),
    envSteps: events.findLast((e) => e.type === "done")?.env_steps ?? steps,
    seconds: secondsOf(events),
    rewards: reports.map((r) => r.metrics["mean_reward"] ?? 0),
  };
}

type Report = Extract<RecordedEvent, { readonly type: "iteration" }>;

/** The reports of a run's iterations, each once: a resumed run may have told one twice. */
export function iterationReports(events: readonly RecordedEvent[]): readonly Report[] {
  const reports = new Map<number, Report>();
  for (const event of events) if (event.type === "iteration") reports.set(event.iteration, event);
  return [...reports.values()];
}

/** The last evaluation of each label, in the order in which the labels came first. */
export function lastEvaluations(events: readonly RecordedEvent[]): readonly Evaluation[] {
  const last = new Map<string, Evaluation>();
  for (const event of events) if (event.type === "evaluation") last.set(event.label, event);
  return [...last.values()];
}

/** The last comparison of each two labels, in the order in which they came first. */
export function lastComparisons(events: readonly RecordedEvent[]): readonly Comparison[] {
  const last = new Map<string, Comparison>();
  for (const event of events) if (event.type === "comparison") last.set(`${event.label_a}\n${event.label_b}`, event);
  return [...last.values()];
}

function secondsOf(events: readonly RecordedEvent[]): number {
  const [first, last] = [events[0], events.at(-1)];
  return first && last ? (Date.parse(last.ts) - Date.parse(first.ts)) / 1000 : 0;
}
