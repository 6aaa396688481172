import { readdirSync, readFileSync } from "node:fs";

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function all(): readonly Process[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
      return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(")")).split(" ")[2]), command }];
    } catch {
      return []; // It ended while we looked.
    }
  });
}

/** A process and all below it, as /proc tells. */
export function treeOf(pid: number, list = all()): readonly Process[] {
  const below = list.filter((p) => p.parent === pid).flatMap((p) => treeOf(p.pid, list));
  return [...list.filter((p) => p.pid === pid), ...below];
}

/** Pids of the Chromium main processes that a process started. */
export function browsersOf(pid: number): readonly number[] {
  const isMain = (p: Process) => p.command.includes("--remote-debugging-pipe") && !p.command.includes("--type=");
  return treeOf(pid).filter(isMain).map((p) => p.pid);
}

/** True while a process runs; a zombie does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
