/**
 * Does the shipped pipeline learn? Seeds 1, 2, 3 of pipelines/grpo-gomail.yaml, each from scratch, on 2 cores.
 * Bars: greedy success before ≤ 10 %, after ≥ 90 % on `eval` in the median seed and ≥ 80 % in each; training ≤ 90 s.
 * With `--control shuffled` the rewards are permuted within each group: after stays ≤ 10 %.
 *
 *   node bench/learning.ts [--control shuffled] [--seeds 1,2,3] [--set a.b=c …]
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { percent } from "../core/cli/report.ts";
import { loadPipeline } from "../core/config/load.ts";
import type { Stage } from "../core/config/pipeline.ts";
import { runPipeline } from "../core/run/pipeline.ts";
import type { Done } from "../core/run/events.ts";
import { packageRoot } from "../core/util/package-root.ts";
import { silentLog } from "../core/util/log.ts";

const { values: flags } = parseArgs({
  options: {
    control: { type: "string" },
    seeds: { type: "string", default: "1,2,3" },
    pipeline: { type: "string", default: "pipelines/grpo-gomail.yaml" },
    set: { type: "string", multiple: true, default: [] },
  },
});
if (flags.control !== undefined && flags.control !== "shuffled") {
  throw new Error(`unknown control "${flags.control}", expected "shuffled"`);
}

const seeds = flags.seeds.split(",").map(Number);
const rows: { seed: number; before: number; after: number; trainS: number }[] = [];
for (const seed of seeds) {
  const done = await runSeed(seed);
  const rate = (label: string) => done.evaluations.find((e) => e.label === label)?.success_rate ?? NaN;
  rows.push({ seed, before: rate("before"), after: rate("after"), trainS: done.train_s });
  const ci = done.evaluations.find((e) => e.label === "after")?.ci95 ?? [NaN, NaN];
  const wrong = done.evaluations.find((e) => e.label === "after")?.by_template ?? {};
  console.log(
    `seed ${seed}  before ${percent(rate("before"))} (sampled ${percent(rate("before_sampled"))})  after ${
      percent(rate("after"))
    } ` +
      `[${percent(ci[0])}, ${percent(ci[1])}] (sampled ${percent(rate("after_sampled"))})  train ${
        done.train_s.toFixed(1)
      } s  ` +
      `${done.env_steps} steps  dead groups ${percent(done.frac_reward_zero_std)}  ` +
      Object.entries(wrong).map(([name, t]) => `${name} ${t.successes}/${t.n}`).join(" "),
  );
}

const after = rows.map((r) => r.after).sort((a, b) => a - b);
const median = after[Math.floor((after.length - 1) / 2)]!;
const slowest = Math.max(...rows.map((r) => r.trainS));
const ok = flags.control
  ? rows.every((r) => r.after <= 0.1)
  : rows.every((r) => r.before <= 0.1 && r.after >= 0.8 && r.trainS <= 90) && median >= 0.9;
console.log(
  `${ok ? "ok" : "MISSED"} learning${flags.control ? ` (${flags.control})` : ""}: after ${
    after.map(percent).join(", ")
  }, ` +
    `median ${percent(median)}, slowest training ${slowest.toFixed(1)} s`,
);
process.exitCode = ok ? 0 : 1;

async function runSeed(seed: number): Promise<Done> {
  const runs = mkdtempSync(path.join(tmpdir(), "halo-learning-"));
  const root = packageRoot();
  const sets = [`seed=${seed}`, `runs_dir=${runs}`, ...flags.set];
  if (flags.control) {
    sets.push(
      `algorithm={ use: ${
        path.join(root, "bench/shuffled.ts")
      }, options: { algorithm: { use: grpo, options: { loss_type: dr_grpo } } } }`,
    );
  }
  const base = await loadPipeline(path.join(root, flags.pipeline), {
    sets,
    profiles: [],
    overlays: [],
    env: process.env,
    cwd: process.cwd(),
  });
  const stages = base.stages.flatMap((stage): Stage[] =>
    stage.kind === "evaluate" ? [stage, { ...stage, label: `${stage.label}_sampled`, decoding: "sample" }] : [stage]
  );
  return await runPipeline({ ...base, stages }, {
    log: silentLog,
    signal: new AbortController().signal,
    packageRoot: root,
  });
}
