/**
 * Does a real language model learn? pipelines/grpo-gomail-lm.yaml on the CPU: real Chromium, real vLLM, the LoRA sidecar,
 * adapters swapped after each update, SmolLM2-135M-Instruct or HALO_MODEL. Each seed is evaluated greedily on the same 64
 * unseen tasks before and after (McNemar's test); the control has its rewards permuted within each group. What is
 * finished stays in --folder, a second call goes on with the rest. Exits non-zero on a missed bar or a red canary. Long.
 *
 *   node bench/lm-cpu.ts [--seeds 1,2] [--control 1] [--iterations 20] [--tasks 64] [--folder runs/lm-cpu] [--quick]
 *
 * --quick: seed 1 without control, 2 iterations, 8 tasks, no bar: does every part work?
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { percent } from "../core/cli/report/lines.ts";
import { packageRoot } from "../core/util/package-root.ts";
import { freePort } from "../core/serve/port.ts";
import type { Child } from "./lora-cpu/child.ts";
import { runOnce, startServices, stopServices } from "./lora-cpu/one-seed.ts";
import { shuffledSet } from "./shuffled.ts";

const { values: flags } = parseArgs({
  options: {
    seeds: { type: "string" },
    control: { type: "string" },
    iterations: { type: "string" },
    tasks: { type: "string" },
    folder: { type: "string" },
    quick: { type: "boolean", default: false },
  },
});
const iterations = Number(flags.iterations ?? (flags.quick ? 2 : 20));
const tasks = Number(flags.tasks ?? (flags.quick ? 8 : 64));
const tasksPerIteration = 4;
const significant = 0.01;

/** What one run came to; rates 0..1, times in seconds. */
interface Outcome {
  readonly row: string;
  readonly before: number;
  readonly after: number;
  /** Of McNemar's test over the paired tasks, two-sided. */
  readonly p: number;
  readonly groups: number;
  readonly prompt_tokens: number;
  readonly gap: number;
  readonly wall_s: number;
}

const shuffled = shuffledSet("{ use: grpo, options: { loss_type: dr_grpo, group: step, num_generations: 8 } }");
const seedsOf = (text: string): readonly number[] => text === "" ? [] : text.split(",").map(Number);
const rows = [
  ...seedsOf(flags.seeds ?? (flags.quick ? "1" : "1,2")).map((seed) => ({ name: `seed-${seed}`, seed, sets: [] })),
  ...seedsOf(flags.control ?? (flags.quick ? "" : "1")).map((seed) => ({
    name: `control-${seed}`,
    seed,
    sets: [shuffled],
  })),
];
const pipeline = path.join(packageRoot(), "pipelines/grpo-gomail-lm.yaml");
const common = [pipeline, "--profile", "lm-cpu"];
const weights = process.env["HALO_MODEL"] ?? path.join(packageRoot(), ".tools/models/SmolLM2-135M-Instruct");
if (!existsSync(weights)) {
  throw new Error(`${weights} is not there; ./launch.sh --setup-only --profile lm-cpu brings the small model`);
}
const folder = path.resolve(flags.folder ?? path.join(packageRoot(), "runs", flags.quick ? "lm-cpu-quick" : "lm-cpu"));
mkdirSync(folder, { recursive: true });
const began = performance.now();
const say = (text: string): void =>
  console.log(`${((performance.now() - began) / 1000).toFixed(0)} s  load ${loadavg()[0]!.toFixed(1)}  ${text}`);

const [vllm, lora] = [await freePort(), await freePort()];
const env = {
  HALO_VLLM_URL: `http://127.0.0.1:${vllm}/v1`,
  HALO_LORA_URL: `http://127.0.0.1:${lora}`,
  OMP_NUM_THREADS: "1",
};
const outcomes: Outcome[] = [];
let services: Child | undefined;
try {
  for (const row of rows) outcomes.push(known(row.name) ?? await learn(row));
} finally {
  if (services) await stopServices(services);
}
for (const o of outcomes) console.log(lineOf(o));
const missed = flags.quick ? [] : outcomes.flatMap(missedBy);
console.log(missed.length > 0 ? `MISSED ${missed.join("; ")}` : `ok lm-cpu${flags.quick ? " quick" : ""}`);
process.exitCode = missed.length > 0 ? 1 : 0;

async function learn({ name, seed, sets }: (typeof rows)[number]): Promise<Outcome> {
  services ??= await startServices({ folder, env, common });
  const started = performance.now();
  let promptTokens = 0;
  const { done, metrics } = await runOnce({
    ...{ name, folder, env, common, overlays: [] },
    sets: [
      ...sets,
      `seed=${seed}`,
      `stages.1.train.task_seed=${seed}`,
      `stages.1.train.iterations=${iterations}`,
      `stages.1.train.tasks_per_iteration=${tasksPerIteration}`,
      ...[0, 2].map((i) => `stages.${i}.evaluate.sample_size=${tasks}`),
    ],
    onIteration({ iteration, metrics: now }) {
      promptTokens += now["vllm/prompt_tokens"] ?? 0;
      const shown = ["mean_reward", "policy/entropy", "gap/max", "time/train_s", "time/rollout_s"];
      const figures = shown.filter((key) => key in now).map((key) => `${key} ${now[key]?.toPrecision(3)}`);
      say(`${name}  ${iteration}/${iterations}  ${figures.join("  ")}`);
    },
  });
  const rateOf = (label: string): number => done.evaluations.find((e) => e.label === label)!.success_rate;
  const outcome: Outcome = {
    row: name,
    before: rateOf("before"),
    after: rateOf("after"),
    p: done.comparisons[0]!.p,
    groups: iterations * tasksPerIteration,
    prompt_tokens: promptTokens,
    gap: metrics["gap/max"] ?? 0,
    wall_s: Math.round((performance.now() - started) / 1000),
  };
  writeFileSync(fileOf(name), JSON.stringify(outcome));
  say(lineOf(outcome));
  return outcome;
}

/** A row that an earlier call finished, with as many updates. */
function known(name: string): Outcome | undefined {
  if (!existsSync(fileOf(name))) return undefined;
  const found = JSON.parse(readFileSync(fileOf(name), "utf8")) as Outcome;
  return found.groups === iterations * tasksPerIteration ? found : undefined;
}

function fileOf(name: string): string {
  return path.join(folder, `${name}.json`);
}

function lineOf({ row, before, after, p, groups, prompt_tokens, gap, wall_s }: Outcome): string {
  const rates = `${percent(before)} before, ${percent(after)} after, p ${p.toPrecision(2)}`;
  const work = `${groups} groups, ${prompt_tokens} prompt tokens, ${wall_s} s, largest gap ${gap.toPrecision(2)}`;
  return `${row.padEnd(10)} ${rates}; ${work}`;
}

function missedBy({ row, before, after, p }: Outcome): readonly string[] {
  const isUp = after > before && p < significant;
  if (row.startsWith("control")) return isUp ? [`${row} rose to ${percent(after)}, p ${p.toPrecision(2)}`] : [];
  return isUp ? [] : [`${row} ${percent(before)} to ${percent(after)}, p ${p.toPrecision(2)}`];
}
