import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import path from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A program of the bench; its lines are read as they come, what it says on stderr is kept in a log. */
export interface Child {
  readonly process: ChildProcess;
  /** Resolves to the exit status, -1 when a signal ended it. */
  readonly ended: Promise<number>;
}

export interface ChildOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
  onLine(line: string): void;
}

/** Starts `command`; when the bench is interrupted or ends, it is asked to end too. */
export function startChild(command: readonly string[], o: ChildOptions): Child {
  const [program, ...args] = command as [string, ...string[]];
  const child = spawn(program, args, {
    cwd: o.cwd,
    env: { ...process.env, ...o.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = () => void child.kill("SIGTERM");
  process.on("SIGINT", stop).on("SIGTERM", stop).on("exit", stop);
  child.stderr.pipe(createWriteStream(o.log, { flags: "a" }));
  createInterface({ input: child.stdout }).on("line", o.onLine);
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status ?? -1));
  });
  ended.catch(() => {}).finally(() => process.off("SIGINT", stop).off("SIGTERM", stop).off("exit", stop));
  return { process: child, ended };
}

/** The `halo` command with these arguments. */
export function haloCommand(...args: readonly string[]): readonly string[] {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  return [process.execPath, path.join(root, "bin/halo.mjs"), ...args];
}
