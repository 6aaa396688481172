import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import type { RunFolder } from "../../core/record/run-folder.ts";
import { packageRoot } from "../../core/util/package-root.ts";

/** Milliseconds of the slowest answer of each kind, and the most memory that the server took. */
export interface ViewFigures {
  /** The page and the list of runs. */
  readonly firstPageMs: number;
  /** A run's curves. */
  readonly runMs: number;
  /** Groups, their iterations and episodes, from the whole of the run. */
  readonly groupMs: number;
  readonly tasksMs: number;
  readonly treeMs: number;
  /** Undefined where the system does not say. */
  readonly memoryMb: number | undefined;
}

export interface MeasureOptions {
  /** Iterations of the run; the groups are taken from all over them. */
  readonly iterations: number;
  readonly groups: number;
}

/** Starts `halo view` on the run in a process of its own and asks it what a person would. */
export async function measureView(run: RunFolder, { iterations, groups }: MeasureOptions): Promise<ViewFigures> {
  const halo = path.join(packageRoot(), "bin/halo.mjs");
  const child = spawn(process.execPath, [halo, "view", run.path, "--runs-dir", path.dirname(run.path), "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const address = await addressOf(child);
    const ask = asker(address);
    const firstPageMs = await ask("/") + await ask("/api/runs");
    const runMs = await ask("/api/run", { run: run.id });
    const groupTimes: number[] = [];
    for (let i = 0; i < groups; i++) {
      const n = 1 + Math.floor(i * (iterations - 1) / Math.max(1, groups - 1));
      groupTimes.push(await ask("/api/group", { run: run.id, id: `i${n}.s${i % 4}.${i % 4}` }));
      groupTimes.push(await ask("/api/iteration", { run: run.id, n: String(n) }));
      groupTimes.push(await ask("/api/episode", { run: run.id, id: `i${n}.s${i % 4}#0` }));
    }
    const tasksMs = await ask("/api/tasks", { run: run.id });
    const treeMs = await ask("/api/tree", { run: run.id });
    const again = await ask("/api/run", { run: run.id });
    return {
      firstPageMs,
      runMs: Math.max(runMs, again),
      groupMs: Math.max(...groupTimes),
      tasksMs,
      treeMs,
      memoryMb: peakMb(child),
    };
  } finally {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
  }
}

async function addressOf(child: ChildProcess): Promise<URL> {
  for await (const line of createInterface({ input: child.stdout! })) return new URL(JSON.parse(line).url);
  throw new Error("halo view ended without an address");
}

/** Milliseconds until a whole answer is there. */
const asker = (address: URL) => async (to: string, query: Readonly<Record<string, string>> = {}): Promise<number> => {
  const url = new URL(to, address);
  url.search = new URLSearchParams({ ...query, token: address.searchParams.get("token") ?? "" }).toString();
  const start = performance.now();
  const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
  const body = await response.text();
  if (!response.ok) throw new Error(`${to}: ${response.status} ${body.slice(0, 200)}`);
  return performance.now() - start;
};

/** The most memory that a process has taken so far. */
function peakMb({ pid }: ChildProcess): number | undefined {
  try {
    const kb = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kb === undefined ? undefined : Number(kb) / 1000;
  } catch {
    return undefined;
  }
}
