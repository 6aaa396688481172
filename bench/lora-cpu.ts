/**
 * Does the whole GPU path learn from pixels? On the CPU: real Chromium, real vLLM, the LoRA sidecar, publish and adapter
 * swap under `halo run bench/lora-cpu/pipeline.yaml --profile gpu`, with a tiny Qwen3-VL laid over it. The page shows
 * four buttons, one marked; the right click is the one opposite, and nothing but the screenshot tells. The base is
 * warmed up to see and to act, and never meets the rule. Exits non-zero on a missed bar or a red canary. Long.
 *
 *   node bench/lora-cpu.ts [--seeds 1,2,3] [--groups 800] [--quick] [--keep] [--python FILE]
 *
 * --quick: seed 1, 64 groups, small evaluations, no bar on what is learned: does every part work?
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { percent } from "../core/cli/report/lines.ts";
import { loadPipeline } from "../core/config/load.ts";
import { packageRoot } from "../core/util/package-root.ts";
import type { VllmOptions } from "../plugins/vllm/options.ts";
import {
  pipelineFile,
  runOnce,
  seedFolder,
  startServices,
  stopServices,
  tinyFile,
  variablesOf,
  warmUp,
} from "./lora-cpu/one-seed.ts";
import { placesEnvironment, takeShots } from "./lora-cpu/shots.ts";
import { lessonsOf, type WarmupSpec } from "./lora-cpu/spec.ts";

const { values: flags } = parseArgs({
  options: {
    seeds: { type: "string" },
    groups: { type: "string" },
    quick: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
    python: { type: "string", default: path.join(packageRoot(), ".tools/python/bin/python") },
  },
});
const seeds = (flags.seeds ?? (flags.quick ? "1" : "1,2,3")).split(",").map(Number);
const groups = Number(flags.groups ?? (flags.quick ? 64 : 800));
const tasksPerIteration = 8;
const sampleSize = flags.quick ? 40 : 200;
const shotCount = 2304;

/** Rates of one seed, 0..1. */
interface Outcome {
  readonly before: number;
  readonly after: number;
  readonly sampled: number;
  readonly blank: number;
  readonly control: number;
}

/** What is printed of an iteration; of a whole run its worst canary. */
const shown = [
  "mean_reward",
  "gap/max",
  "canary/adapter_gap",
  "canary/cache_gap",
  "canary/temperature_ratio",
  "time/train_s",
];

/** Lowest and highest rate that passes. */
const bars: Readonly<Record<keyof Outcome, readonly [number, number]>> = {
  before: [0.15, 0.35],
  after: [0.8, 1],
  sampled: [0, 1],
  blank: [0, 0.35],
  control: [0, 0.35],
};

if (!existsSync(flags.python)) {
  throw new Error(`${flags.python} is not there; ./launch.sh --setup-only --dev makes it`);
}
const root = mkdtempSync(path.join(tmpdir(), "halo-lora-cpu-"));
const began = performance.now();
const seconds = (): string => `${((performance.now() - began) / 1000).toFixed(0)} s`.padStart(7);
const say = (text: string): void => console.log(`${seconds()}  load ${loadavg()[0]!.toFixed(1)}  ${text}`);
const outcomes: Outcome[] = [];
let failure: string | undefined;
try {
  const lessons = await prepare();
  for (const seed of seeds) outcomes.push(await runSeed(seed, lessons));
} catch (e) {
  failure = e instanceof Error ? e.message : String(e);
} finally {
  if (flags.keep || failure !== undefined) console.log(`kept: ${root}`);
  else rmSync(root, { recursive: true, force: true });
}
const missed = [...failure === undefined ? [] : [failure], ...flags.quick ? [] : outcomes.flatMap(missedBy)];
const rates = (name: keyof Outcome): string => outcomes.map((o) => percent(o[name])).join("/");
const learned = `before ${rates("before")}, after ${rates("after")} (sampled ${rates("sampled")}), blank ${
  rates("blank")
}, trained on blanks ${rates("control")}`;
console.log(
  `${missed.length ? `MISSED ${missed.join("; ")}` : "ok"} lora-cpu${flags.quick ? " quick" : ""}, seeds ${
    seeds.join("/")
  }, ${groups} groups, canaries ${failure === undefined ? "green" : "not all seen"}: ${learned}, ${seconds().trim()}`,
);
process.exitCode = missed.length ? 1 : 0;

/** Screenshots for the warm-up, from the same pages and browser that the runs use, and the prompts it teaches. */
async function prepare(): Promise<Pick<WarmupSpec, "see" | "act">> {
  const env = { ...process.env, HALO_MODEL: "tiny", HALO_TINY_DIR: root, HALO_LORA_TOKEN: "nothing is asked for it" };
  const pipeline = await loadPipeline(pipelineFile, { profiles: ["gpu"], overlays: [tinyFile], env, cwd: root });
  const signal = AbortSignal.timeout(600_000);
  const { environment, tasks } = await placesEnvironment(pipeline);
  try {
    const task = tasks.draw({ split: "train", index: 0, seed: 0 });
    const episode = await environment.open(task, { signal, seed: 0 });
    const observation = await episode.observe({ signal, need: { screenshot: true } });
    await episode.close();
    const folder = path.join(root, "shots");
    mkdirSync(folder);
    // Another task seed than the runs use: no screenshot of the warm-up comes up again.
    await takeShots({ environment, tasks }, { split: "train", n: shotCount, seed: 77, folder, signal });
    say(`${shotCount} screenshots for the warm-up`);
    const policy = pipeline.policy.options as unknown as VllmOptions;
    return await lessonsOf(observation, { goal: task.goal.text, policy });
  } finally {
    await environment.close();
  }
}

async function runSeed(seed: number, lessons: Pick<WarmupSpec, "see" | "act">): Promise<Outcome> {
  const folder = seedFolder(root, seed);
  const base = path.join(folder, "base");
  const warmed = await warmUp({
    ...lessons,
    seed,
    out: base,
    shots: path.join(root, "shots"),
    limit_s: 120,
    learning_rate: 2e-3,
    settle_steps: 150,
    // Plain positions make the mark easy to place; with the default the base of some seeds learns to see much later.
    model: { position_std: 2 },
  }, { folder, python: flags.python });
  say(
    `seed ${seed}  warm-up ${warmed.steps} steps, ${warmed.cpu_s} s of processor time: sees ${
      percent(warmed.sees)
    }, acts ${percent(warmed.acts)}`,
  );
  const env = await variablesOf(base);
  const services = await startServices({ folder, env });
  try {
    say(`seed ${seed}  vLLM and sidecar are ready`);
    const iterations = Math.ceil(groups / tasksPerIteration);
    const run = (
      name: string,
      o: { readonly overlays: readonly string[]; readonly train: number; readonly evaluations: readonly number[] },
    ) =>
      runOnce({
        name,
        folder,
        env,
        overlays: o.overlays,
        sets: [
          `seed=${seed}`,
          `stages.${o.train}.train.task_seed=${seed}`,
          `stages.${o.train}.train.iterations=${iterations}`,
          ...o.evaluations.map((i) => `stages.${i}.evaluate.sample_size=${sampleSize}`),
        ],
        onIteration({ iteration, metrics }) {
          if (iteration % 10 === 0) say(`seed ${seed}  ${name} ${iteration}/${iterations}  ${figures(metrics)}`);
        },
      });
    const learned = await run("learn", { overlays: [], train: 1, evaluations: [0, 2, 3, 4] });
    const blank = path.join(packageRoot(), "bench/lora-cpu/blank.yaml");
    const control = await run("control", { overlays: [blank], train: 0, evaluations: [1] });
    const rateOf = Object.fromEntries(
      [...learned.done.evaluations, ...control.done.evaluations].map((e) => [e.label, e.success_rate]),
    );
    const outcome: Outcome = {
      before: rateOf["before"]!,
      after: rateOf["after"]!,
      sampled: rateOf["after_sampled"]!,
      blank: rateOf["blank"]!,
      control: rateOf["control"]!,
    };
    say(`seed ${seed}  ${Object.entries(outcome).map(([name, rate]) => `${name} ${percent(rate)}`).join("  ")}`);
    say(`seed ${seed}  ${figures(learned.metrics)}`);
    return outcome;
  } finally {
    await stopServices(services);
  }
}

function figures(metrics: Readonly<Record<string, number | null>>): string {
  return shown.filter((name) => name in metrics).map((name) => `${name} ${metrics[name]?.toPrecision(3)}`).join("  ");
}

function missedBy(outcome: Outcome, i: number): readonly string[] {
  return (Object.keys(bars) as (keyof Outcome)[]).flatMap((name) => {
    const [low, high] = bars[name];
    const isIn = outcome[name] >= low && outcome[name] <= high;
    return isIn ? [] : [`seed ${seeds[i]} ${name} ${percent(outcome[name])}, bar ${percent(low)} to ${percent(high)}`];
  });
}
