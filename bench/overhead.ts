/**
 * What core costs: a step outside browser, policy and trainer < 2 ms (median of 5 runs on an environment without a
 * browser, durable writes included), keeping a page < 1.3 ms of processor time, 5 % of a step of the main job (median of 5
 * over a slot of 20 pages as large as the mail site's), and `halo --help` < 250 ms (best of 10 processes).
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { loadPipeline } from "../core/config/load.ts";
import type { Plugin } from "../core/plugin/define.ts";
import type { Policy } from "../core/domain/policy.ts";
import type { Trainer } from "../core/domain/trainer.ts";
import type { SeenPoint } from "../core/record/seen.ts";
import { seenBytes } from "../core/record/seen-file.ts";
import { runPipeline } from "../core/run/pipeline.ts";
import { silentLog } from "../core/util/log.ts";
import { packageRoot } from "../core/util/package-root.ts";

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
for (let round = 0; round < 5; round++) {
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
const pageMs = Array.from({ length: 5 }, () => 0);
for (const round of pageMs.keys()) pageMs[round] = await keepingMs(20);
const help = Array.from({ length: 10 }, () => {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [path.join(root, "bin/halo.mjs"), "--help"]);
  if (status !== 0) throw new Error(`halo --help exited with ${status}`);
  return performance.now() - start;
});
const step = perStep.sort((a, b) => a - b)[2]!;
const best = Math.min(...help);
const page = pageMs.sort((a, b) => a - b)[2]!;
const ok = step < 2 && page < 1.3 && best < 250;
console.log(
  `${ok ? "ok" : "MISSED"} overhead: ${step.toFixed(2)} ms a step (bar 2), ${
    page.toFixed(2)
  } ms a kept page (bar 1.3), halo --help ${best.toFixed(0)} ms (bar 250)`,
);
process.exitCode = ok ? 0 : 1;

/** Milliseconds of processor time for each page of a slot: 60 controls, of which some move, and a state of 30 kB. */
async function keepingMs(count: number): Promise<number> {
  const task = { id: "t", key: "t", goal: { id: "t", text: "", startUrl: "/", maxSteps: 25 }, site: "", template: "" };
  const points = Array.from({ length: count }, (_, i): SeenPoint => {
    const mails = Array.from(
      { length: 60 },
      (_, k) => ({ id: k, subject: `Subject ${k}`, text: "x".repeat(440), read: k < i }),
    );
    const elements = mails.map(({ id, subject }) => ({
      id: `e${id}`,
      role: "link",
      name: `Open email from Somebody, ${subject}`,
      states: id < i ? ["selected"] : [],
      near: `Somebody ${subject} and the first words of a text`,
      region: "main:Inbox",
      centre: [500, 16 * id + i] as const,
      box: [100, 16 * id, 800, 15] as const,
    }));
    const stance = { pointer: [i, i], state: JSON.stringify({ clock: i, mails }) };
    const page = { url: "http://mail.test/", title: "Mail", stateKey: String(i), elements };
    return { id: `p${i}`, depth: i, page, mark: { seed: 0, actions: [], fingerprint: {}, state: stance } };
  });
  const start = process.cpuUsage();
  await seenBytes({ of: "i1.s0", task: { ...task, split: "", optimum: 1, params: {} }, points });
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / count;
}
