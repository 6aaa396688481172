import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../../../core/serve/port.ts";
import type { Planned } from "../../../core/serve/services-of.ts";
import { type ServiceEvent, supervise, type SupervisorOptions } from "../../../core/serve/supervisor.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import type { TestContext } from "../../harness.ts";

/** The Node that runs fixtures, on Deno too. */
export const node = join(packageRoot(), "node_modules/.bin/node");

/** A fake service on a free port. */
export async function fake(name: string, ...flags: string[]): Promise<Planned> {
  const port = await freePort();
  return {
    service: {
      name,
      command: [
        node,
        join(packageRoot(), "tests/fixtures/services/fake-service.mjs"),
        "--port",
        String(port),
        ...flags,
      ],
      env: {},
      host: "127.0.0.1",
      port,
      health: `http://127.0.0.1:${port}/health`,
      startLimitS: 20,
    },
    path: "policy",
    options: { url: `http://127.0.0.1:${port}/v1` },
    settings: [],
  };
}

/** A folder of its own, removed after the test. */
export function tempDir(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "halo-serve-"));
  t.defer(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Supervises in a folder of its own and keeps the events. */
export function supervisor(t: TestContext, o: Partial<SupervisorOptions> = {}) {
  const dir = tempDir(t);
  const pids = join(dir, "pids");
  const events: ServiceEvent[] = [];
  const start = async (...planned: Planned[]) =>
    t.use(
      await supervise(planned, {
        logs: dir,
        pids,
        cwd: dir,
        env: process.env,
        signal: t.signal,
        onEvent: (event) => void events.push(event),
        backoffS: 0.05,
        stopLimitS: 5,
        ...o,
      }),
    );
  return {
    start,
    events,
    log: (name: string) => readFileSync(join(dir, `${name}.log`), "utf8"),
    pids: () => existsSync(pids) ? readdirSync(pids).map(Number) : [],
    /** Names with states, in order: "a ready". */
    states: () => events.map(({ name, state }) => `${name} ${state}`),
  };
}

/** Waits until `holds` is true. */
export async function until(holds: () => boolean, signal: AbortSignal): Promise<void> {
  while (!holds()) await delay(20, undefined, { signal });
}

/** False when the process is gone, or over and waiting for its parent. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
