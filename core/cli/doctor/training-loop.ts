import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type LoadOptions, loadPipeline } from "../../config/load.ts";
import type { Pipeline } from "../../config/pipeline.ts";
import type { Batch } from "../../domain/batch.ts";
import type { CheckResult, DoctorCheck } from "../../domain/doctor.ts";
import type { Policy } from "../../domain/policy.ts";
import type { Draw } from "../../domain/sample.ts";
import type { Trainer } from "../../domain/trainer.ts";
import { buildOne } from "../../plugin/container.ts";
import { Lifecycle } from "../../plugin/lifecycle.ts";
import { freePort } from "../../serve/port.ts";
import { type Planned, servicesOf } from "../../serve/services-of.ts";
import { type ServiceEvent, supervise } from "../../serve/supervisor.ts";
import { keyedRng } from "../../stats/rng.ts";
import { isHaloError } from "../../util/errors.ts";
import { packageRoot } from "../../util/package-root.ts";
import { doctorPoint } from "./point.ts";
import type { Io } from "../io.ts";

/** One step of `halo doctor --gpu`, with what it found. */
export interface LoopStep {
  readonly name: string;
  readonly found: CheckResult;
}

/** Longest time one step may take; serving loads two Python programs. */
const stepLimitMs = 600_000;
const n = 4;

/** What a step adds for the later ones. */
interface Bench {
  readonly o: LoopOptions;
  readonly dir: string;
  readonly lifecycle: Lifecycle;
  readonly io: Io;
  readonly point: ReturnType<typeof doctorPoint>;
  hasGpu?: boolean;
  pipeline?: Pipeline;
  planned?: readonly Planned[];
  policy?: Policy;
  trainer?: Trainer;
  draw?: Draw;
  adapter?: Awaited<ReturnType<Trainer["publish"]>>;
}

type Step = readonly [name: string, run: (b: Bench) => Promise<CheckResult>];

const first: readonly Step[] = [["device", device], ["plan", plan]];
const loop: readonly Step[] = [
  ["serve", serve],
  ["connect", connect],
  ["sample", sample],
  ["update", update],
  ["publish", publish],
  ["canary", canary],
];

/** The pipeline that is gone around with. */
export interface LoopOptions {
  readonly file: string;
  readonly overrides: Pick<LoadOptions, "profiles" | "mode" | "overlays" | "sets">;
  readonly io: Io;
}

/**
 * Goes once around the training loop of a pipeline with a small model: serve, sample, update, publish, adopt under the
 * policy's own canaries. Ends with the first step that fails; everything is stopped and removed.
 */
export async function* loopSteps(o: LoopOptions): AsyncGenerator<LoopStep> {
  const dir = await mkdtemp(join(tmpdir(), "halo-doctor-"));
  const bench: Bench = { dir, lifecycle: new Lifecycle({ limitMs: 60_000 }), o, io: o.io, point: doctorPoint() };
  try {
    for (const step of first) if (yield* tried(step, bench)) return;
    for (const check of ownChecks(bench)) {
      const run = () => check.run({ env: o.io.env, signal: call(bench).signal });
      if (yield* tried([check.name, run], bench)) return;
    }
    for (const step of loop) if (yield* tried(step, bench)) return;
  } finally {
    await bench.lifecycle.close().catch((e: unknown) => o.io.log.warn(String(e)));
    await rm(dir, { recursive: true, force: true });
  }
}

/** Yields what a step found, with its seconds; returns true when it failed. */
async function* tried([name, run]: Step, bench: Bench): AsyncGenerator<LoopStep, boolean> {
  const began = performance.now();
  const found = await run(bench).catch(failed);
  bench.io.signal.throwIfAborted();
  const seconds = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  yield { name, found: { ...found, text: `${found.text}  (${seconds})` } };
  return found.status === "fail";
}

function failed(e: unknown): CheckResult {
  const text = e instanceof Error ? e.message : String(e);
  return { status: "fail", text, ...(isHaloError(e) && e.hint !== undefined && { remedy: e.hint }) };
}

const ok = (text: string): CheckResult => ({ status: "ok", text });

async function device(b: Bench): Promise<CheckResult> {
  const query = ["--query-gpu=name,memory.total,memory.free,driver_version", "--format=csv,noheader,nounits"];
  const found = await output("nvidia-smi", query, b).catch(() => undefined);
  b.hasGpu = found !== undefined;
  if (found === undefined) return ok("no NVIDIA GPU: the same loop on the CPU");
  const [name, total, free, driver] = found.split("\n")[0]!.split(", ").map((cell) => cell.trim());
  return ok(`${name}, ${gib(total)} of memory, ${gib(free)} free, driver ${driver}`);
}

const gib = (mib: string | undefined): string => `${(Number(mib) / 1024).toFixed(0)} GiB`;

/** The pipeline, its parts made small by what their plugins say about a rehearsal, its services on free ports. */
async function plan(b: Bench): Promise<CheckResult> {
  const { file, overrides, io } = b.o;
  const asWritten = await loadPipeline(file, { ...overrides, env: io.env, cwd: io.cwd, mayLackSecrets: true });
  const small = await smallParts(asWritten, b);
  const pipeline = b.pipeline = await loadPipeline(file, {
    ...overrides,
    sets: [...overrides.sets ?? [], ...small.sets],
    env: { ...io.env, ...small.env },
    cwd: io.cwd,
  });
  b.planned = servicesOf(pipeline, { packageRoot: packageRoot() });
  const { policy, trainer } = pipeline;
  return ok(`policy ${policy.plugin.name}, trainer ${trainer?.plugin.name}; ${b.planned.map(atPort).join(", ")}`);
}

async function smallParts({ policy, trainer }: Pipeline, { dir, hasGpu = false }: Bench) {
  const sets: string[] = [];
  let env: Readonly<Record<string, string>> = {};
  for (const use of [policy, trainer]) {
    const { rehearsal, kind, name } = use?.plugin ?? { kind: "trainer", name: "(none)" };
    if (!use || !rehearsal) throw new Error(`${kind}/${name} says nothing about a rehearsal: the loop cannot be tried`);
    const small = rehearsal.setUp({ dir, port: await freePort(), hasGpu });
    env = { ...env, ...small.env };
    sets.push(
      ...Object.entries(small.options).map(([path, value]) => `${use.path}.options.${path}=${JSON.stringify(value)}`),
    );
  }
  return { sets, env };
}

const atPort = ({ service }: Planned) => `${service.name} on port ${service.port}`;

/** What the plugins want looked at, or made, before their services start. */
function ownChecks({ pipeline, dir }: Bench): readonly DoctorCheck[] {
  const uses = [pipeline!.policy, pipeline!.trainer].filter((use) => use !== undefined);
  return uses.flatMap(({ plugin, options }) =>
    plugin.rehearsal?.checks?.(options, { dir, packageRoot: packageRoot() }) ?? []
  );
}

async function serve(b: Bench): Promise<CheckResult> {
  const ready: ServiceEvent[] = [];
  const running = await supervise(b.planned!, {
    logs: join(b.io.cwd, "runs/services/doctor"),
    pids: join(b.io.cwd, "runs/services/pids"),
    cwd: packageRoot(),
    env: b.io.env,
    signal: AbortSignal.any([b.io.signal, AbortSignal.timeout(stepLimitMs)]),
    restarts: { max: 0, withinS: 1 },
    onEvent: (event) => void (event.state === "ready" && ready.push(event)),
  });
  b.lifecycle.use("services", running);
  return ok(ready.map(({ name, seconds = 0 }) => `${name} ready after ${seconds.toFixed(1)} s`).join(", "));
}

async function connect(b: Bench): Promise<CheckResult> {
  const { policy, trainer, seed } = b.pipeline!;
  const { screenshot } = b.point.observation;
  const blobs = { get: () => Promise.resolve(screenshot.png) };
  const o = { log: b.io.log, signal: b.io.signal, packageRoot: packageRoot(), blobs, seed };
  const built = b.lifecycle.use("policy", await buildOne({ ...policy, kind: "policy" }, o));
  b.policy = built.instance;
  b.trainer = b.lifecycle.use("trainer", await buildOne({ ...trainer!, kind: "trainer" }, o)).instance;
  return ok("policy and trainer passed their own start-up checks");
}

async function drawn(b: Bench, key: string): Promise<Draw> {
  const rng = keyedRng("doctor", key);
  return await b.policy!.sample({ at: b.point, n, mode: "sample", temperature: 1, rng }, call(b));
}

const call = ({ io }: Bench) => ({ signal: AbortSignal.any([io.signal, AbortSignal.timeout(stepLimitMs)]) });

async function sample(b: Bench): Promise<CheckResult> {
  const draw = b.draw = await drawn(b, "first");
  const { prompt, samples, policyVersion } = draw;
  const tokens = samples.reduce((sum, { trace }) => sum + (trace.kind === "tokens" ? trace.ids.length : 0), 0);
  if (prompt.kind !== "tokens" || tokens === 0) {
    return { status: "fail", text: `the samples carry no token ids: ${prompt.kind}, ${tokens} tokens` };
  }
  return ok(
    `${samples.length} samples of version ${policyVersion}, ${prompt.ids.length} prompt and ${tokens} sampled tokens`,
  );
}

/** One policy-gradient step; the rewards are made up: the first half of the group did well. */
async function update(b: Bench): Promise<CheckResult> {
  const { prompt, samples, policyVersion, temperature } = b.draw!;
  const batch: Batch = {
    seq: 1,
    policyVersion,
    temperature,
    seed: 1,
    loss: { kind: "dr_grpo", kl_coef: 0, epsilon_low: 0.2, epsilon_high: 0.2, max_completion_length: 64 },
    examples: samples.map((one, i) => ({
      kind: "advantage",
      group: "doctor",
      prompt,
      sample: one,
      advantage: i < samples.length / 2 ? 1 : -1,
      weight: 1 / samples.length,
    })),
  };
  const { metrics } = await b.trainer!.update(batch, call(b));
  return ok(figures(metrics));
}

async function publish(b: Bench): Promise<CheckResult> {
  const dir = join(b.dir, "adapter");
  await mkdir(dir);
  b.adapter = await b.trainer!.publish(dir, call(b));
  return ok(`version ${b.adapter.version}, sha256 ${b.adapter.sha256.slice(0, 12)}…`);
}

/** The policy's own canaries run while it adopts; the next sample must then come from the new version. */
async function canary(b: Bench): Promise<CheckResult> {
  await b.policy!.adopt!(b.adapter!, call(b));
  const { policyVersion } = await drawn(b, "second");
  if (policyVersion !== b.adapter!.version) {
    const text = `samples come from version ${policyVersion} after version ${b.adapter!.version} was adopted`;
    return { status: "fail", text };
  }
  return ok(`version ${policyVersion} samples; ${figures(b.policy!.metrics?.() ?? {})}`);
}

/** Figures on one line, the ones about canaries and loss first. */
function figures(metrics: Readonly<Record<string, number>>): string {
  const told = Object.entries(metrics).filter(([name]) => /canary|gap|loss|grad/.test(name)).slice(0, 6);
  return told.map(([name, value]) => `${name} ${Number(value.toPrecision(3))}`).join(", ") || "no figures";
}

async function output(program: string, args: readonly string[], { io }: Bench): Promise<string> {
  const signal = AbortSignal.any([io.signal, AbortSignal.timeout(120_000)]);
  const { stdout } = await promisify(execFile)(program, [...args], { signal, env: io.env as NodeJS.ProcessEnv });
  return stdout.trim();
}
