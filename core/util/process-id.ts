import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import process from "node:process";

/** A process, told apart from a later one with the same number where the system says when it started. */
export interface ProcessId {
  readonly host: string;
  readonly pid: number;
  readonly started?: string;
}

/** This process. */
export function thisProcess(): ProcessId {
  const found = onLinux(process.pid);
  return { host: hostname(), pid: process.pid, ...(found && { started: found.started }) };
}

/** True for any process but this one; those of two machines, or containers, may have one number. */
export const isAnother = ({ host, pid }: ProcessId): boolean => pid !== process.pid || host !== hostname();

/** False when the process has ended; true when it runs or is on another machine, where nobody can tell. */
export function isAlive(id: ProcessId): boolean {
  if (id.host !== hostname()) return true;
  if (id.started !== undefined) {
    const found = onLinux(id.pid);
    return found !== undefined && found.started === id.started && found.state !== "Z";
  }
  try {
    process.kill(id.pid, 0);
    return true;
  } catch (e) {
    return (e as { code?: string }).code === "EPERM";
  }
}

/** State and start time (clock ticks since boot) from /proc/PID/stat; the name before them may hold spaces and brackets. */
function onLinux(pid: number): { readonly state: string; readonly started: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, started] = [fields[0], fields[19]];
    return state === undefined || started === undefined ? undefined : { state, started };
  } catch {
    return undefined;
  }
}
