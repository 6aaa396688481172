/**
 * What one linear policy a suite learns of MiniWoB++ from nothing, beside the published figures: success on the published seeds with
 * its 95 % Wilson interval, steps, episodes, wall time. Small by default; the published length is --episodes 100 --seeds 1,2,3.
 *
 *   node bench/miniwob.ts [--suites click,forms] [--seeds 1] [--iterations 40] [--episodes 10] [--set a.b=c …]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { percent } from "../core/cli/report/lines.ts";
import { loadPipeline } from "../core/config/load.ts";
import type { Done } from "../core/record/events.ts";
import { runPipeline } from "../core/run/pipeline.ts";
import { wilson } from "../core/stats/wilson.ts";
import { silentLog } from "../core/util/log.ts";
import { packageRoot } from "../core/util/package-root.ts";
import { published } from "./miniwob/published.ts";

const { values: flags } = parseArgs({
  options: {
    suites: { type: "string", default: "click,forms" },
    seeds: { type: "string", default: "1" },
    iterations: { type: "string", default: "40" },
    episodes: { type: "string", default: "10" },
    set: { type: "string", multiple: true, default: [] },
  },
});
const suites = flags.suites.split(",");
const unknown = suites.find((name) => !(name in published));
if (unknown) throw new Error(`unknown suite "${unknown}", expected some of ${Object.keys(published).join(", ")}`);
const perTask = Number(flags.episodes);

let reached = 0;
let rows = 0;
for (const suite of suites) {
  for (const seed of flags.seeds.split(",").map(Number)) {
    const { done, wallS } = await runSeed(suite, seed);
    const before = done.evaluations.find(({ label }) => label === "before")!;
    const after = done.evaluations.find(({ label }) => label === "after")!;
    const total = `train ${done.train_s.toFixed(0)} s, all ${wallS.toFixed(0)} s, ${done.env_steps} steps`;
    console.log(
      `${suite} seed ${seed}: ${percent(before.success_rate)} before, ${percent(after.success_rate)} after; ${total}`,
    );
    for (const [task, [successes, n]] of Object.entries(published[suite]!)) {
      const own = after.by_template[task] ?? { successes: 0, n: 0 };
      const [low, high] = wilson(own.successes, own.n);
      const isReached = high >= successes / n;
      rows++;
      if (isReached) reached++;
      const first = before.by_template[task];
      console.log(
        `  ${task.padEnd(28)} ${first ? `${first.successes}/${first.n}` : "–"} → ${own.successes}/${own.n}` +
          ` [${percent(low)}, ${percent(high)}]  published ${successes}/${n}  ${isReached ? "reached" : "missed"}`,
      );
    }
  }
}
console.log(`${reached} of ${rows} rows reach the published figure within their interval (${percent(reached / rows)})`);

async function runSeed(suite: string, seed: number): Promise<{ readonly done: Done; readonly wallS: number }> {
  const runs = mkdtempSync(path.join(tmpdir(), "halo-miniwob-"));
  const tasks = Object.keys(published[suite]!).length;
  const start = performance.now();
  const evaluate = (label: string, size: number) =>
    `{ evaluate: { label: ${label}, split: eval, sample_size: ${size} } }`;
  const train = `{ train: { iterations: ${flags.iterations}, tasks_per_iteration: ${tasks} } }`;
  try {
    const pipeline = await loadPipeline(path.join(packageRoot(), "pipelines/grpo-miniwob.yaml"), {
      sets: [
        `seed=${seed}`,
        `runs_dir=${runs}`,
        `tasks.options.suite=${suite}`,
        `stages=[${evaluate("before", 2 * tasks)}, ${train}, ${evaluate("after", perTask * tasks)}]`,
        ...flags.set,
      ],
      env: process.env,
      cwd: process.cwd(),
    });
    const signal = new AbortController().signal;
    const done = await runPipeline(pipeline, { log: silentLog, signal, packageRoot: packageRoot() });
    if (!done.ok) throw new Error(`${suite} seed ${seed} ended with exit ${done.exit}`);
    return { done, wallS: (performance.now() - start) / 1000 };
  } finally {
    rmSync(runs, { recursive: true, force: true });
  }
}
