/**
 * Does it learn? Each row is a pipeline with settings of its own, run from scratch with every seed on 2 cores, evaluated
 * greedily on held-out tasks before and after (sampled beside it). Rows with a bar decide about the exit status.
 *
 *   node bench/learning.ts [--rows six,twelve,…] [--seeds 1,2,3] [--control shuffled] [--set a.b=c …]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { percent } from "../core/cli/report/lines.ts";
import { loadPipeline } from "../core/config/load.ts";
import type { Stage } from "../core/config/pipeline.ts";
import { runPipeline } from "../core/run/pipeline.ts";
import type { Done } from "../core/record/events.ts";
import { packageRoot } from "../core/util/package-root.ts";
import { silentLog } from "../core/util/log.ts";
import { wilson } from "../core/stats/wilson.ts";
import { shuffledSet } from "./shuffled.ts";

/** What one seed came to; rates are success rates. */
interface Outcome {
  readonly seed: number;
  readonly rates: Readonly<Record<string, number>>;
  readonly done: Done;
}

interface Row {
  readonly pipeline: string;
  readonly sets?: readonly string[];
  /** What is missed, given the outcomes of this row and of the row "twelve"; undefined for rows shown as found. */
  readonly bar?: (own: readonly Outcome[], twelve: readonly Outcome[]) => readonly string[];
}

const shuffled = shuffledSet("{ use: grpo, options: { loss_type: dr_grpo } }");

const rows: Readonly<Record<string, Row>> = {
  six: { pipeline: "grpo-gomail", bar: learned },
  twelve: { pipeline: "grpo-gomail-twelve", bar: (own) => [...learned(own), ...atLeast(own, "paraphrase", 0.7)] },
  declared: {
    pipeline: "grpo-gomail-twelve",
    sets: ["environment.options.stop=declared"],
    bar: (own, twelve) => within(own, twelve, 0.1),
  },
  scrambled: {
    pipeline: "grpo-gomail-twelve",
    sets: ["environment.options.site={ use: gomail, options: { scramble: 7 } }"],
    bar: (own, twelve) => within(own, twelve, 0.1),
  },
  shuffled: { pipeline: "grpo-gomail", sets: [shuffled], bar: unlearned },
  all: { pipeline: "grpo-gomail-twelve", sets: ["tasks.options.templates=[all]", "stages.1.train.iterations=120"] },
  trajectory: { pipeline: "grpo-trajectory" },
  gigpo: { pipeline: "grpo-gigpo" },
  on_policy: { pipeline: "grpo-on-policy" },
};

const { values: flags } = parseArgs({
  options: {
    rows: { type: "string" },
    seeds: { type: "string", default: "1,2,3" },
    control: { type: "string" },
    set: { type: "string", multiple: true, default: [] },
  },
});
const asked = (flags.control ?? flags.rows ?? Object.keys(rows).join()).split(",");
const unknown = asked.find((name) => !(name in rows));
if (unknown) throw new Error(`unknown row "${unknown}", expected some of ${Object.keys(rows).join(", ")}`);

const outcomes = new Map<string, readonly Outcome[]>();
const missed: string[] = [];
for (const name of asked) {
  const row = rows[name]!;
  const own: Outcome[] = [];
  for (const seed of flags.seeds.split(",").map(Number)) {
    const outcome = await runSeed(row, seed);
    own.push(outcome);
    console.log(`${name.padEnd(10)} ${lineOf(outcome)}`);
  }
  outcomes.set(name, own);
  missed.push(...(row.bar?.(own, outcomes.get("twelve") ?? []) ?? []).map((what) => `${name}: ${what}`));
}
const summary = asked.map((name) => `${name} ${rates(outcomes.get(name)!, "after").map(percent).join("/")}`).join(", ");
console.log(`${missed.length ? `MISSED ${missed.join("; ")}` : "ok"} learning, greedy success after: ${summary}`);
process.exitCode = missed.length ? 1 : 0;

async function runSeed(row: Row, seed: number): Promise<Outcome> {
  const runs = mkdtempSync(path.join(tmpdir(), "halo-learning-"));
  try {
    const base = await loadPipeline(path.join(packageRoot(), `pipelines/${row.pipeline}.yaml`), {
      sets: [`seed=${seed}`, `runs_dir=${runs}`, ...row.sets ?? [], ...flags.set],
      env: process.env,
      cwd: process.cwd(),
    });
    const stages = base.stages.flatMap((stage): Stage[] =>
      stage.kind === "evaluate" ? [stage, { ...stage, label: `${stage.label}_sampled`, decoding: "sample" }] : [stage]
    );
    const done = await runPipeline({ ...base, stages }, {
      log: silentLog,
      signal: new AbortController().signal,
      packageRoot: packageRoot(),
    });
    if (!done.ok) throw new Error(`seed ${seed} ended with exit ${done.exit}`);
    return { seed, done, rates: Object.fromEntries(done.evaluations.map((e) => [e.label, e.success_rate])) };
  } finally {
    rmSync(runs, { recursive: true, force: true });
  }
}

function lineOf({ seed, done }: Outcome): string {
  const shown = done.evaluations.filter((e) => !e.label.endsWith("_sampled")).map((e) => {
    const sampled = done.evaluations.find((s) => s.label === `${e.label}_sampled`)!;
    const [low, high] = wilson(e.successes, e.n);
    return `${e.label} ${percent(e.success_rate)} [${percent(low)}, ${percent(high)}] sampled ${
      percent(sampled.success_rate)
    }`;
  });
  const weak = Object.entries(done.evaluations.find((e) => e.label === "after")?.by_template ?? {})
    .filter(([, t]) => t.successes < t.n).map(([template, t]) => `${template} ${t.successes}/${t.n}`);
  return [
    `seed ${seed}`,
    ...shown,
    `train ${done.train_s.toFixed(1)} s, ${done.env_steps} steps, dead groups ${percent(done.frac_reward_zero_std)}`,
    ...weak,
  ].join("  ");
}

/** Sorted rates of an evaluation over the seeds. */
function rates(own: readonly Outcome[], label: string): readonly number[] {
  return own.map((o) => o.rates[label] ?? NaN).sort((a, b) => a - b);
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}

function learned(own: readonly Outcome[]): readonly string[] {
  const after = rates(own, "after");
  const slowest = Math.max(...own.map((o) => o.done.train_s));
  return [
    ...rates(own, "before").at(-1)! <= 0.1 ? [] : ["before over 10 %"],
    ...after[0]! >= 0.8 ? [] : [`after ${percent(after[0]!)} in a seed, bar 80 %`],
    ...median(after) >= 0.9 ? [] : [`after ${percent(median(after))} in the median, bar 90 %`],
    ...slowest <= 90 ? [] : [`training ${slowest.toFixed(1)} s, bar 90 s`],
  ];
}

function atLeast(own: readonly Outcome[], label: string, bar: number): readonly string[] {
  const rate = median(rates(own, label));
  return rate >= bar ? [] : [`${label} ${percent(rate)} in the median, bar ${percent(bar)}`];
}

function within(own: readonly Outcome[], twelve: readonly Outcome[], points: number): readonly string[] {
  if (twelve.length === 0) return ["needs the row twelve beside it"];
  const [a, b] = [median(rates(own, "after")), median(rates(twelve, "after"))];
  return a >= b - points ? [] : [`after ${percent(a)}, more than ${percent(points)} under ${percent(b)}`];
}

function unlearned(own: readonly Outcome[]): readonly string[] {
  const worst = rates(own, "after").at(-1)!;
  return worst <= 0.1 ? [] : [`after ${percent(worst)} with shuffled rewards, bar 10 %`];
}
