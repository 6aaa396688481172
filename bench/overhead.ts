/**
 * What core costs. A step outside browser, policy and trainer: < 2 ms (median of 5 runs on an environment without a browser,
 * durable writes included). Keeping pages: <= 5 % of a step and <= 40 MB for the main job (pairs of its beginning, with and
 * without, in one process; median of the differences with its 95 % interval). `halo --help`: < 250 ms (best of 10 processes).
 *
 *   npm run bench:overhead [-- --pairs 5 --iterations 1 --rounds 5]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { loadPipeline } from "../core/config/load.ts";
import type { Plugin } from "../core/plugin/define.ts";
import type { Policy } from "../core/domain/policy.ts";
import type { Trainer } from "../core/domain/trainer.ts";
import { runPipeline } from "../core/run/pipeline.ts";
import { silentLog } from "../core/util/log.ts";
import { packageRoot } from "../core/util/package-root.ts";
import { keptPagesCost } from "./overhead/kept-pages.ts";
import { median, type MedianInterval } from "./overhead/paired.ts";

const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "5" },
    iterations: { type: "string", default: "1" },
    rounds: { type: "string", default: "5" },
  },
});
const [pairs, iterations, rounds] = [values.pairs, values.iterations, values.rounds].map(Number) as [
  number,
  number,
  number,
];
/** Slots and evaluated episodes of the main job. */
const mainJob = { slots: 36 * 4, episodes: 2 * 48 };

/** Time by the clock, and of the processor: on a busy machine the two are far apart. */
interface Took {
  readonly clockMs: number;
  readonly cpuMs: number;
}

const nothing: Took = { clockMs: 0, cpuMs: 0 };

const plus = (a: Took, b: Took): Took => ({ clockMs: a.clockMs + b.clockMs, cpuMs: a.cpuMs + b.cpuMs });

function stopwatch(): () => Took {
  const [start, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { clockMs: performance.now() - start, cpuMs: (user + system) / 1000 };
  };
}

/** The same function, its time reported. The linear policy and trainer do their work before the first await. */
function timing<A extends unknown[], R>(run: (...args: A) => R, report: (took: Took) => void): (...args: A) => R {
  return (...args) => {
    const took = stopwatch();
    const result = run(...args);
    report(took());
    return result;
  };
}

const root = packageRoot();
const runs = mkdtempSync(path.join(tmpdir(), "halo-overhead-"));
const sets = [
  `runs_dir=${runs}`,
  "stages.0.evaluate.sample_size=1",
  "stages.1.train.iterations=20",
  "stages.1.train.tasks_per_iteration=8",
  "stages.2.evaluate.sample_size=1",
];
const perStep: number[] = [];
for (let round = 0; round < rounds; round++) {
  const pipeline = await loadPipeline(path.join(root, "tests/board/pipeline.yaml"), {
    sets: [...sets, `seed=${round}`],
    env: {},
    cwd: root,
  });
  let others = nothing;
  const timed = pipeline.policy.plugin;
  const policy: Plugin = {
    ...timed,
    async create(options, needs) {
      const built = await timed.create(options, needs) as Policy;
      return { ...built, sample: timing(built.sample, (took) => others = plus(others, took)) };
    },
  };
  const trainerPlugin = pipeline.trainer!.plugin;
  const trainer: Plugin = {
    ...trainerPlugin,
    async create(options, needs) {
      const built = await trainerPlugin.create(options, needs) as Trainer;
      built.update = timing(built.update.bind(built), (took) => others = plus(others, took));
      return built;
    },
  };
  const parts = { policy: { ...pipeline.policy, plugin: policy }, trainer: { ...pipeline.trainer!, plugin: trainer } };
  const took = stopwatch();
  const done = await runPipeline({ ...pipeline, ...parts }, {
    log: silentLog,
    signal: new AbortController().signal,
    packageRoot: root,
  });
  const { cpuMs } = took();
  perStep.push((done.train_s * 1000 - others.clockMs) / done.env_steps);
  const each = (ms: number) => (ms / done.env_steps).toFixed(2);
  console.log(
    `round ${round}: ${done.env_steps} steps, ${perStep.at(-1)!.toFixed(2)} ms a step in core (processor ${
      each(cpuMs - others.cpuMs)
    }, evaluations included), ${each(others.clockMs)} ms in policy and trainer (processor ${each(others.cpuMs)})`,
  );
}
const help = Array.from({ length: 10 }, () => {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [path.join(root, "bin/halo.mjs"), "--help"]);
  if (status !== 0) throw new Error(`halo --help exited with ${status}`);
  return performance.now() - start;
});
const kept = await keptPagesCost(runs, { pipeline: "pipelines/grpo-gomail.yaml", pairs, iterations });
rmSync(runs, { recursive: true, force: true });
const step = median(perStep);
const best = Math.min(...help);
const megabytes = (mainJob.slots * kept.bytesOf.slot + mainJob.episodes * kept.bytesOf.episode) / 1e6;
const share = (ms: number) => 100 * ms / kept.stepMs;
const percents = ({ median, ci95: [low, high] }: MedianInterval) =>
  `${share(median).toFixed(1)} % [${share(low).toFixed(1)}, ${share(high).toFixed(1)}]`;
const ok = step < 2 && share(kept.cpuMs.median) <= 5 && megabytes <= 40 && best < 250;
console.log(
  `pages of the main job: ${percents(kept.cpuMs)} of a step of ${kept.stepMs.toFixed(1)} ms in processor time, ${
    percents(kept.clockMs)
  } by the clock; ${megabytes.toFixed(1)} MB`,
);
console.log(
  `${ok ? "ok" : "MISSED"} overhead: ${step.toFixed(2)} ms a step (bar 2), pages ${
    share(kept.cpuMs.median).toFixed(1)
  } % of a step (bar 5) and ${megabytes.toFixed(1)} MB (bar 40), halo --help ${best.toFixed(0)} ms (bar 250)`,
);
process.exitCode = ok ? 0 : 1;
