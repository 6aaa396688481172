import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import type { Service } from "../domain/service.ts";

/** How a process ended. */
export interface Exit {
  readonly code?: number;
  readonly signal?: string;
}

export interface ServiceFolders {
  /** Logs, one file a service. */
  readonly logs: string;
  /** One empty file per process, named by its number: how teardown.sh finds it. */
  readonly pids: string;
}

export interface StartOptions extends ServiceFolders {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Groups that must not outlive this process, also when it ends in a hurry. */
const groups = new Set<number>();
process.on("exit", () => {
  for (const pid of groups) signalGroup(pid, "SIGKILL");
});

/** One running service: a process group of its own, its output in its log. */
export class ServiceProcess {
  readonly pid: number;
  readonly log: string;
  readonly ended: Promise<Exit>;
  readonly #record: string;
  readonly #logStart: number;
  #hasEnded = false;

  private constructor(o: { pid: number; log: string; logStart: number; record: string; ended: Promise<Exit> }) {
    this.pid = o.pid;
    this.log = o.log;
    this.#record = o.record;
    this.#logStart = o.logStart;
    this.ended = o.ended.then((exit) => {
      this.#hasEnded = true;
      return exit;
    });
  }

  /** Starts the program. Throws what the system says when it cannot (ENOENT, EACCES). */
  static async start(service: Service, o: StartOptions): Promise<ServiceProcess> {
    const log = logOf(service, o);
    const output = openSync(log, "a", 0o600);
    const env = Object.fromEntries(Object.entries({ ...o.env, ...service.env }).filter(([, v]) => v !== undefined));
    const [program = "", ...args] = service.command;
    const logStart = statSync(log).size;
    try {
      const child = spawn(program, args, {
        cwd: o.cwd,
        env: env as Record<string, string>,
        stdio: ["ignore", output, output],
        detached: true,
      });
      const ended = new Promise<Exit>((resolve) => {
        child.once("exit", (code, signal) => resolve(code === null ? { signal: String(signal) } : { code }));
      });
      await once(child, "spawn");
      const pid = child.pid!;
      groups.add(pid);
      const record = join(o.pids, String(pid));
      writeFileSync(record, "");
      return new ServiceProcess({ pid, log, logStart, record, ended });
    } finally {
      closeSync(output);
    }
  }

  /** What it wrote since it was started, the last 64 KiB of it. */
  output(): string {
    return readFileSync(this.log).subarray(this.#logStart).subarray(-65_536).toString("utf8");
  }

  /** Ends the whole group: asked first, killed after `limitS` seconds. Leaves no process and no record. */
  async stop(limitS: number): Promise<void> {
    if (!this.#hasEnded) signalGroup(this.pid, "SIGTERM");
    const late = new AbortController();
    await Promise.race([
      this.ended.then(() => this.#groupGone(late.signal)),
      delay(limitS * 1000, undefined, { signal: late.signal }).catch(() => {}),
    ]);
    late.abort();
    signalGroup(this.pid, "SIGKILL");
    await this.ended;
    groups.delete(this.pid);
    rmSync(this.#record, { force: true });
  }

  /** Children may need a moment longer than their parent. */
  async #groupGone(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && signalGroup(this.pid, 0)) await delay(50);
  }
}

/** Makes the folders and puts the logs of an earlier time aside. */
export function prepareFolders(services: readonly Service[], o: ServiceFolders): void {
  mkdirSync(o.logs, { recursive: true });
  mkdirSync(o.pids, { recursive: true });
  for (const service of services) {
    const log = logOf(service, o);
    if (existsSync(log)) renameSync(log, `${log}.1`);
  }
}

/** The log file of a service. */
export const logOf = ({ name }: Service, { logs }: ServiceFolders): string => join(logs, `${name}.log`);

/** False when nothing of the group is left. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
