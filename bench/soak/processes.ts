import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";
import { treeOf } from "../../tests/core/browser/processes.ts";

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
  const below = treeOf(process.pid).slice(1);
  return {
    heapMb: (heapUsed + external) / 1e6,
    rssMb: rss / 1e6,
    browsersMb: below.reduce((sum, { pid }) => sum + pssMb(pid), 0),
    descriptors: readdirSync("/proc/self/fd").length,
    renderers: below.filter(({ command }) => command.includes("--type=renderer")).length,
    tempFiles: filesIn(tempFolder),
  };
}

function pssMb(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+) kB$/m)?.[1] ?? 0) / 1000;
  } catch {
    return 0; // It ended while we looked.
  }
}

function filesIn(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true }).length;
  } catch {
    return 0; // It is not there, or changes while we look.
  }
}
