import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { loadPipeline } from "../../core/config/load.ts";
import type { EvaluateStage, Stage, TrainStage } from "../../core/config/pipeline.ts";
import { openRun } from "../../core/record/runs.ts";
import type { Done, Evaluation } from "../../core/record/events.ts";
import { runPipeline } from "../../core/run/pipeline.ts";
import type { Slot } from "../../core/record/slot.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import { silentLog } from "../../core/util/log.ts";

/** Templates the start was trained on, and what it never saw. */
export const families = {
  old: "twelve",
  six: ["reply_label", "compose_two"],
  seven: ["search_reply_label"],
  /** Its way leads over a button that nothing shorter taught. */
  seven_cc: ["compose_cc"],
  eight: ["compose_all"],
} as const;

/** What every row of this bench is run with. */
export interface BenchOptions {
  readonly seeds: readonly number[];
  /** Laid over every pipeline, for example another environment. */
  readonly sets: readonly string[];
  /** Where starts are kept from one call to the next; a temporary folder when absent. */
  readonly starts: string;
}

export interface Played {
  readonly done: Done;
  readonly slots: readonly Slot[];
  /** Copy of the last adapter, when something was trained and `keep` asked for it. */
  readonly adapter?: string;
}

/** Runs a pipeline with stages of the bench's own; the run folder is removed. */
export async function play(
  pipeline: string,
  o: {
    readonly seed: number;
    readonly sets: readonly string[];
    readonly stages?: readonly Stage[];
    readonly keep?: string;
  },
): Promise<Played> {
  const runs = mkdtempSync(path.join(tmpdir(), "halo-agentq-"));
  try {
    const base = await loadPipeline(path.join(packageRoot(), `pipelines/${pipeline}.yaml`), {
      sets: [`seed=${o.seed}`, `runs_dir=${runs}`, ...o.sets],
      env: process.env,
      cwd: process.cwd(),
    });
    const done = await runPipeline({ ...base, ...(o.stages && { stages: o.stages }) }, {
      log: silentLog,
      signal: new AbortController().signal,
      packageRoot: packageRoot(),
    });
    if (!done.ok) throw new Error(`${pipeline}, seed ${o.seed}, ended with ${done.exit}: ${done.error?.message}`);
    const run = await openRun(done.run, runs);
    const numbers = await run.iterations();
    const slots = (await Promise.all(numbers.map((n) => run.iteration(n).readSlots()))).flat();
    const last = numbers.at(-1);
    if (o.keep === undefined || last === undefined) return { done, slots };
    rmSync(o.keep, { recursive: true, force: true });
    mkdirSync(path.dirname(o.keep), { recursive: true });
    cpSync(run.iteration(last).adapterPath, o.keep, { recursive: true });
    return { done, slots, adapter: o.keep };
  } finally {
    rmSync(runs, { recursive: true, force: true });
  }
}

/** The adapter that pipelines/grpo-gomail-twelve.yaml ends with under this seed; trained once. */
export async function startOf(seed: number, { starts, sets }: BenchOptions): Promise<string> {
  const keep = path.join(starts, String(seed));
  if (existsSync(path.join(keep, "weights.bin"))) return keep;
  const { done } = await play("grpo-gomail-twelve", { seed, sets, keep });
  const after = done.evaluations.find((e) => e.label === "after");
  console.log(
    `start      seed ${seed}  ${done.env_steps} steps on twelve shorter templates: greedy ${rate(after)} of them`,
  );
  return keep;
}

/** Settings that make a pipeline begin with this adapter on these templates. */
export const from = (adapter: string, templates: readonly string[]): readonly string[] => [
  `tasks.options={ templates: [${templates.join(", ")}] }`,
  `policy.options.adapter=${adapter}`,
  `trainer.options.adapter=${adapter}`,
];

/** 48 unseen tasks, one greedy episode each unless told otherwise. */
export const evaluation = (label: string, o: Partial<EvaluateStage> = {}): EvaluateStage => ({
  kind: "evaluate",
  label,
  split: "eval",
  sample_size: 48,
  task_seed: 2024,
  episodes_per_task: 1,
  decoding: "greedy",
  ...o,
});

/** Wordings that were never trained on: what the start alone seldom solves. */
export const unheard = "paraphrase";

/** One iteration over `tasks` unseen tasks: a way to search each of them once with frozen weights. */
export const searching = (tasks: number): TrainStage => ({
  kind: "train",
  split: unheard,
  task_seed: 2024,
  iterations: 1,
  tasks_per_iteration: tasks,
  min_groups: 0,
  max_waves: 1,
});

export function rate(e: Pick<Evaluation, "successes" | "n" | "ci95"> | undefined): string {
  if (!e) return "-";
  const [low, high] = e.ci95.map((c) => (100 * c).toFixed(0));
  return `${e.successes}/${e.n} ${(100 * e.successes / e.n).toFixed(1)} % [${low}, ${high}]`;
}

export const isSolved = ({ groups }: Slot): boolean =>
  groups.some((g) => g.decisions.some((d) => d.branches.some((b) => b.end?.verdict.success)));
