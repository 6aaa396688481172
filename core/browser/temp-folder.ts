import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { isAlive, type ProcessId, thisProcess } from "../util/process-id.ts";
import { namesIn } from "./names-in.ts";

/** All browsers of a user keep their profiles below this folder, those of each process in one of its own. */
const home = join(tmpdir(), `halo-browsers-${process.getuid?.() ?? "all"}`);
let own: string | undefined;
let launches = 0;
/** Launches under way: as long as there is one, temporary folders of this process are made in `own`. */
let redirected = 0;
let before: string | undefined;

/**
 * Runs a launch whose temporary folders, profile and artifacts, come to lie in this process's own folder. The first one
 * removes what processes that were killed have left, browsers that outlived them included.
 */
export async function inTempFolder<T>(launch: (folder: string) => Promise<T>): Promise<T> {
  if (own === undefined) {
    reapLost();
    own = folderOf(thisProcess());
    process.once("exit", endBrowsersAtOnce);
  }
  mkdirSync(own, { recursive: true, mode: 0o700 });
  launches++;
  if (redirected++ === 0) {
    before = process.env["TMPDIR"];
    process.env["TMPDIR"] = own;
  }
  try {
    return await launch(own);
  } finally {
    if (--redirected === 0) {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
    }
  }
}

/** Where this process's browsers keep their files; undefined before the first launch. */
export const browserFolder = (): string | undefined => own;

/** What was left of this process's browsers when all of them should have ended. */
export interface Leftovers {
  readonly launches: number;
  /** Processes that had not ended by themselves. */
  readonly orphans: number;
}

/** Waits until the browsers of this process have ended, ends those that have not, and removes their folder. */
export async function endBrowsers({ limitMs }: { readonly limitMs: number }): Promise<Leftovers> {
  if (own === undefined) return { launches, orphans: 0 };
  const deadline = performance.now() + limitMs;
  while (processesIn(own).length > 0 && performance.now() < deadline) await new Promise((done) => setTimeout(done, 50));
  return endBrowsersAtOnce();
}

/** The same without waiting, for a process that can wait for nothing any more. */
export function endBrowsersAtOnce(): Leftovers {
  const orphans = own === undefined ? [] : processesIn(own);
  endAll(orphans);
  if (own !== undefined) remove(own);
  return { launches, orphans: orphans.length };
}

/** What browsers of killed processes have left, until the next first launch removes it. */
export function leftByDead(): { readonly folders: number; readonly processes: number } {
  const folders = lostFolders();
  return { folders: folders.length, processes: folders.flatMap(processesIn).length };
}

/** Removes what killed processes have left. */
function reapLost(): void {
  for (const folder of lostFolders()) {
    endAll(processesIn(folder));
    remove(folder);
  }
}

function lostFolders(): readonly string[] {
  return (namesIn(home) ?? []).filter((name) => !isAlive(processOf(name))).map((name) => join(home, name));
}

const folderOf = ({ pid, started = "" }: ProcessId): string => join(home, `${pid}-${started}`);

function processOf(name: string): ProcessId {
  const [pid, started] = name.split("-");
  return { ...thisProcess(), pid: Number(pid), ...(started ? { started } : {}) };
}

/** Pids of the processes whose command line names the folder; none where the system does not tell. */
function processesIn(folder: string): readonly number[] {
  const pids = (namesIn("/proc") ?? []).filter((name) => /^\d+$/.test(name)).map(Number);
  return pids.filter((pid) => {
    try {
      return pid !== process.pid && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`${folder}/`);
    } catch {
      return false; // It ended while we looked.
    }
  });
}

function endAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself.
    }
  }
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // The next start tries again.
  }
}
