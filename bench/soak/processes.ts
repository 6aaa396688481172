import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

/** What this process and the browsers below it hold at one moment. */
export interface Held {
  /** Live objects of this process after a collection, MB. */
  readonly heapMb: number;
  readonly rssMb: number;
  /** Memory of the browsers, shared parts counted once, MB. */
  readonly browsersMb: number;
  readonly descriptors: number;
  /** Renderers, each of them the page of one context or a spare one. */
  readonly renderers: number;
  /** Files of the browsers' temporary folder. */
  readonly tempFiles: number;
}

/** Takes stock; Linux only. */
export function heldNow({ tempFolder, collect }: {
  readonly tempFolder: string;
  readonly collect: () => void;
}): Held {
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  const below = processesBelow(process.pid);
  return {
    heapMb: (heapUsed + external) / 1e6,
    rssMb: rss / 1e6,
    browsersMb: below.reduce((sum, { pid }) => sum + pssMb(pid), 0),
    descriptors: readdirSync("/proc/self/fd").length,
    renderers: below.filter(({ command }) => command.includes("--type=renderer")).length,
    tempFiles: filesIn(tempFolder),
  };
}

/** All processes that a process started, and those that these started; of a browser first the oldest. */
export function processesBelow(root: number): readonly { readonly pid: number; readonly command: string }[] {
  const parents = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map((name) => {
    const [, parent = "0"] = read(`/proc/${name}/stat`).match(/^\d+ \(.*\) \S (\d+)/s) ?? [];
    return [Number(name), Number(parent)] as const;
  });
  const below = (pid: number): readonly number[] =>
    parents.flatMap(([child, parent]) => parent === pid ? [child, ...below(child)] : []);
  return below(root).map((pid) => ({ pid, command: read(`/proc/${pid}/cmdline`).replaceAll("\0", " ") }));
}

const pssMb = (pid: number): number =>
  Number(read(`/proc/${pid}/smaps_rollup`).match(/^Pss:\s+(\d+) kB$/m)?.[1] ?? 0) / 1000;

function filesIn(folder: string): number {
  try {
    return readdirSync(join(folder), { recursive: true }).length;
  } catch {
    return 0; // It is not there, or changes while we look.
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // It ended while we looked.
  }
}
