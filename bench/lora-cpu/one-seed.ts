import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Done, IterationReport, RunEvent } from "../../core/record/events.ts";
import { freePort } from "../../core/serve/port.ts";
import { type Child, haloCommand, startChild } from "./child.ts";
import type { WarmupSpec } from "./spec.ts";

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
export const pipelineFile = here("pipeline.yaml");
export const tinyFile = here("tiny.yaml");

/** What warmup.py reached. */
export interface WarmedUp {
  readonly steps: number;
  readonly cpu_s: number;
  readonly sees: number;
  readonly acts: number;
}

/** What one `halo run` came to. */
export interface RunResult {
  readonly done: Done;
  /** Of the last iteration, by name; of all iterations the largest where it is a canary. */
  readonly metrics: Readonly<Record<string, number>>;
}

export interface Place {
  /** Folder of this seed: base, services, runs, logs. */
  readonly folder: string;
  readonly python: string;
}

/** Makes the base model of a seed. Throws when it does not see or act. */
export async function warmUp(spec: WarmupSpec, { folder, python }: Place): Promise<WarmedUp> {
  const file = path.join(folder, "warmup.json");
  writeFileSync(file, JSON.stringify(spec));
  const lines: string[] = [];
  const log = path.join(folder, "warmup.log");
  // One thread: on a busy machine two wait for each other.
  const env = { OMP_NUM_THREADS: "1", PYTHONPATH: here("../../plugins/lora/sidecar"), HF_HUB_OFFLINE: "1" };
  const child = startChild([python, here("warmup.py"), file], { cwd: folder, env, log, onLine: (l) => lines.push(l) });
  const status = await child.ended;
  const found = lines.at(-1) ?? "nothing";
  if (status !== 0) throw new Error(`the warm-up of seed ${spec.seed} failed: ${found}; its log: ${log}`);
  return JSON.parse(found) as WarmedUp;
}

/** Variables under which `halo serve` and `halo run` of a seed find the model and each other. */
export async function variablesOf(base: string): Promise<Readonly<Record<string, string>>> {
  const [vllm, lora] = [await freePort(), await freePort()];
  return {
    HALO_MODEL: "tiny",
    HALO_TINY_DIR: base,
    HALO_VLLM_URL: `http://127.0.0.1:${vllm}/v1`,
    HALO_LORA_URL: `http://127.0.0.1:${lora}`,
    OMP_NUM_THREADS: "1",
  };
}

const tiny = [pipelineFile, "--profile", "gpu", "--overlay", tinyFile] as const;

/** Where and with what a `halo` program of a bench runs. */
export interface Programs {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** The pipeline and the flags that choose its parts. */
  readonly common?: readonly string[];
}

/** vLLM and the sidecar under `halo serve`; resolves when both are ready. */
export async function startServices({ common = tiny, ...o }: Programs): Promise<Child> {
  const log = path.join(o.folder, "serve.log");
  const ready = Promise.withResolvers<void>();
  const child = startChild(haloCommand("serve", ...common, "--json"), {
    cwd: o.folder,
    env: o.env,
    log,
    onLine: (line) => void ((JSON.parse(line) as { readonly type: string }).type === "ready" && ready.resolve()),
  });
  const status = await Promise.race([child.ended, ready.promise]);
  if (status !== undefined) throw new Error(`halo serve ended with ${status} before it was ready; its log: ${log}`);
  return child;
}

/** One `halo run`; throws with the run's own error when it does not end well, as it does at a red canary. */
export async function runOnce({ common = tiny, ...o }: Programs & {
  readonly name: string;
  readonly overlays: readonly string[];
  readonly sets: readonly string[];
  onIteration(report: IterationReport): void;
}): Promise<RunResult> {
  const metrics: Record<string, number> = {};
  let done: Done | undefined;
  const log = path.join(o.folder, `${o.name}.log`);
  const flags = [...o.overlays.flatMap((file) => ["--overlay", file]), ...o.sets.flatMap((set) => ["--set", set])];
  const child = startChild(haloCommand("run", ...common, ...flags, "--json"), {
    cwd: o.folder,
    env: o.env,
    log,
    onLine(line) {
      const event = JSON.parse(line) as RunEvent;
      if (event.type === "done") done = event;
      if (event.type !== "iteration") return;
      for (const [name, value] of Object.entries(event.metrics)) {
        if (value === null) continue;
        metrics[name] = /^canary\/|^gap\/max/.test(name) ? Math.max(value, metrics[name] ?? value) : value;
      }
      o.onIteration(event);
    },
  });
  const status = await child.ended;
  if (done?.ok && status === 0) return { done, metrics };
  const why = done?.error ? `${done.error.code}: ${done.error.message}` : `status ${status}`;
  throw new Error(`halo run (${o.name}) failed: ${why}; its log: ${log}`);
}

/** Asks services to end and waits until they have. */
export async function stopServices(child: Child): Promise<void> {
  child.process.kill("SIGTERM");
  await child.ended;
}

/** A folder of its own for a seed. */
export function seedFolder(root: string, seed: number): string {
  const folder = path.join(root, `seed-${seed}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}
