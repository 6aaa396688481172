import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { describeActions } from "halo-agent/kit";
import { freePort } from "../../../core/serve/port.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { servicesOf } from "../../../plugins/vllm/services.ts";
import { optionsOf } from "./policy-for.ts";

const root = packageRoot();
const python = join(root, ".tools/python/bin/python");
const startLimitS = 280;
const run = promisify(execFile);
const env = {
  ...process.env,
  OMP_NUM_THREADS: "1",
  HF_HUB_OFFLINE: "1",
  PYTHONPATH: join(root, "plugins/lora/sidecar"),
};

/** Why there is no real vLLM to test against; undefined when there is one. */
export function whyNoVllm(): string | undefined {
  if (existsSync(join(root, ".tools/python/.halo-vllm-cpu"))) return undefined;
  return "no real vLLM: .tools/python is not there; bash plugins/vllm/cpu/install.sh .tools/python";
}

/** Runs a Python program of the tests; resolves with what it printed. */
export async function runPython(args: readonly string[]): Promise<string> {
  const { stdout } = await run(python, args, { env, timeout: startLimitS * 1000, maxBuffer: 2 ** 28 });
  return stdout;
}

/** Writes a tiny random Qwen3-VL to `dir` whose tokenizer knows the prompt of the policy. */
export async function makeTinyModel(dir: string): Promise<void> {
  const text = `${dir}.txt`;
  writeFileSync(text, describeActions("qwen"));
  await runPython(["-m", "halo_lora.tiny", dir, "--vocab", "1024", "--text", text]);
}

/** A vLLM process at a free port, started as `halo serve` would; it may be killed and started again. */
export class VllmServer {
  readonly options: Readonly<Record<string, unknown>>;
  readonly #logFile: string;
  #child: ChildProcess | undefined;

  private constructor(options: Readonly<Record<string, unknown>>, logFile: string) {
    this.options = options;
    this.#logFile = logFile;
    process.once("exit", () => this.#child?.kill("SIGTERM"));
  }

  /** `dir` is a folder of its own. */
  static async start(dir: string): Promise<VllmServer> {
    const server = new VllmServer({
      url: `http://127.0.0.1:${await freePort()}/v1`,
      model: "tiny",
      image: { min_pixels: 1024 },
      max_completion_tokens: 24,
      serve: { device: "cpu", weights: join(dir, "model"), max_model_len: 2048 },
    }, join(dir, "vllm.log"));
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const [service] = servicesOf(optionsOf(this.options), root);
    const [program, ...args] = service!.command;
    const log = openSync(this.#logFile, "a");
    const child = spawn(program!, args, {
      env: { ...env, ...service!.env, VLLM_CPU_OMP_THREADS_BIND: "nobind" },
      stdio: ["ignore", log, log],
    });
    this.#child = child;
    const deadline = performance.now() + startLimitS * 1000;
    while (!(await fetch(service!.health).catch(() => undefined))?.ok) {
      if (child.exitCode !== null || performance.now() > deadline) {
        const tail = readFileSync(this.#logFile, "utf8").slice(-4_000);
        await this.stop();
        throw new Error(`vLLM did not start: ${service!.explain!({ log: tail, exit: child.exitCode ?? 0 })}\n${tail}`);
      }
      await sleep(250);
    }
  }

  async stop(): Promise<void> {
    this.#child?.kill("SIGTERM");
    await this.#ended();
  }

  async #ended(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const late = setTimeout(() => child.kill("SIGKILL"), 20_000);
    await new Promise((resolve) => child.once("exit", resolve));
    clearTimeout(late);
  }
}

/** Kills the engine and its children, not the server `pid` in front of it. */
export function killEngineOf(pid: number): void {
  const engines = childrenOf(pid).filter(({ command }) => command.includes("EngineCor"));
  if (engines.length === 0) throw new Error("no engine among the children of vLLM");
  for (const { pid } of engines.flatMap((engine) => [...childrenOf(engine.pid), engine])) {
    process.kill(pid, "SIGKILL");
  }
}

function childrenOf(parent: number): readonly { readonly pid: number; readonly command: string }[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const [, command = "", ppid] = stat.match(/\((.*)\) \S (\d+)/) ?? [];
      return Number(ppid) === parent ? [{ pid: Number(name), command }] : [];
    } catch {
      return []; // It ended meanwhile.
    }
  });
}

export interface ProxyOptions {
  /** Changes what a request says, in place. */
  readonly change: (route: string, body: Record<string, unknown>) => Promise<void> | void;
  /** What is answered in place of vLLM's text. */
  readonly answer?: (text: string) => string;
}

/** A proxy before vLLM; `close` ends it. */
export async function proxyBefore(
  url: string,
  { change, answer = (text) => text }: ProxyOptions,
): Promise<{ readonly url: string; close(): void }> {
  const origin = url.replace(/\/v1$/, "");
  const server = createServer(async (request, response) => {
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
      if (body) await change(request.url!, body);
      const reply = await fetch(origin + request.url, {
        method: request.method!,
        ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      });
      response.writeHead(reply.status, { "content-type": reply.headers.get("content-type") ?? "text/plain" });
      response.end(answer(await reply.text()));
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
