import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { packageRoot } from "../../../core/util/package-root.ts";

const root = packageRoot();
const folder = join(root, "plugins/lora/sidecar");
export const python = join(root, ".tools/python/bin/python");
export const token = "test-token";
const env = { ...process.env, OMP_NUM_THREADS: "1", HF_HUB_OFFLINE: "1", PYTHONPATH: folder, HALO_LORA_TOKEN: token };

/** Why no sidecar can run here, with the packages it needs; undefined when it can. */
export function whyNoSidecar(packages: string): string | undefined {
  const found = spawnSync(python, ["-c", `import ${packages}`], { env });
  return found.status === 0 ? undefined : `no .tools/python with ${packages}; ./launch.sh --setup-only --dev makes it`;
}

/** Writes a tiny random Qwen3-VL; returns its folder. */
export function makeTinyModel(dir: string): string {
  execFileSync(python, ["-m", "halo_lora.tiny", dir, "--layers", "2"], { env, stdio: "ignore" });
  return dir;
}

/** A sidecar on a root and a port of its own, which may be killed and started again. */
export class SidecarProcess {
  readonly root: string;
  readonly #program: readonly string[];
  readonly #log: string;
  #child: ChildProcess | undefined;
  port = 0;

  private constructor(program: readonly string[]) {
    this.root = mkdtempSync(join(tmpdir(), "halo-sidecar-"));
    this.#log = join(this.root, "log");
    this.#program = program;
  }

  /** With arithmetic in the place of a model. `name` "slow" makes each pass take a while. */
  static async fake(name = "fake", ...more: readonly string[]): Promise<SidecarProcess> {
    const sidecar = new SidecarProcess([
      join(folder, "tests/fake_engine.py"),
      "--model",
      name,
      "--name",
      "fake",
      ...more,
    ]);
    await sidecar.start();
    return sidecar;
  }

  /** With a model, as `halo serve` starts it on a CPU. */
  static async real(model: string): Promise<SidecarProcess> {
    const place = ["--device", "cpu", "--dtype", "float32"];
    const sidecar = new SidecarProcess(["-m", "halo_lora.server", "--model", model, "--name", "tiny", ...place]);
    await sidecar.start();
    return sidecar;
  }

  /** Not halo's: a server with Tinker's API alone, whose models all start from an adapter, and how it adds up. */
  static async tinker(model: string, adapter: string, loss: "sum" | "mean" = "sum"): Promise<SidecarProcess> {
    const program = join(root, "tests/plugins/lora/tinker_server.py");
    const server = new SidecarProcess([program, "--model", model, "--adapter", adapter, "--loss", loss]);
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const log = openSync(this.#log, "a");
    const child = spawn(python, [...this.#program, "--root", this.root, "--port", String(this.port)], {
      env,
      stdio: ["ignore", "pipe", log],
    });
    closeSync(log);
    this.#child = child;
    const lines = createInterface({ input: child.stdout! });
    const [line] = await Promise.race([once(lines, "line"), once(child, "exit").then(() => [undefined])]);
    if (line === undefined) throw new Error(`the sidecar did not start: ${readFileSync(this.#log, "utf8")}`);
    this.port = JSON.parse(line).port;
  }

  /** Ends it as a crash does, and waits until it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.root, { recursive: true, force: true });
  }
}

export type When = "before" | "after";

/** A proxy before a sidecar that kills it, once, at a request; the sidecar is then started again. */
export class KillingProxy {
  /** The route, and which of its requests from now on. */
  #plan: { readonly route: string; readonly nth: number; readonly when: When } | undefined;
  #seen = 0;
  /** Resolves when what the last kill ended is back. */
  #restart = Promise.withResolvers<void>();
  readonly #sidecar: SidecarProcess;
  readonly #server = createServer(async (request, response) => {
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const when = this.#next(request.url!);
      if (when !== "before") {
        const reply = await fetch(this.#sidecar.url + request.url, {
          method: request.method!,
          headers: { "X-API-Key": String(request.headers["x-api-key"] ?? "") },
          ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
        });
        const body = Buffer.from(await reply.arrayBuffer());
        if (when === undefined) return void response.writeHead(reply.status).end(body);
      }
      await this.#sidecar.kill();
      this.#sidecar.start().then(this.#restart.resolve, this.#restart.reject);
      response.destroy();
    } catch {
      response.destroy();
    }
  });

  constructor(sidecar: SidecarProcess) {
    this.#sidecar = sidecar;
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Kills before the sidecar sees that request, or after it has answered and before the answer is passed on. */
  killAt(route: string, when: When, nth = 1): void {
    this.#seen = 0;
    this.#plan = { route, nth, when };
    this.#restart = Promise.withResolvers();
  }

  /** False while the planned kill has not happened, true when the sidecar is back from it. */
  async hasKilled(): Promise<boolean> {
    if (this.#plan) return false;
    await this.#restart.promise;
    return true;
  }

  #next(url: string): When | undefined {
    if (!this.#plan || !url.includes(`/${this.#plan.route}`)) return undefined;
    // The rest of a longer name is another route.
    if (/^\w/.test(url.slice(url.indexOf(this.#plan.route) + this.#plan.route.length))) return undefined;
    if (++this.#seen !== this.#plan.nth) return undefined;
    const { when } = this.#plan;
    this.#plan = undefined;
    return when;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
