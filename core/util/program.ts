import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import process from "node:process";

/** How a program ended; `code` is undefined when it was killed or never started. */
export interface Ended {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly signal: AbortSignal;
  readonly limitMs: number;
  readonly cwd?: string;
  /** The whole environment; that of this process when absent. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Most bytes kept of what a program prints; one that prints more is killed. */
const outputLimit = 1 << 20;

/** Runs a program to its end, killed at the limit. Throws only when `signal` aborts. */
export function runProgram(file: string, args: readonly string[], o: ProgramOptions): Promise<Ended> {
  const { signal, limitMs, cwd, env } = o;
  const how = { signal, timeout: limitMs, killSignal: "SIGKILL", maxBuffer: outputLimit, encoding: "utf8" } as const;
  return new Promise((resolve, reject) => {
    const given = { ...how, ...(cwd !== undefined && { cwd }), ...(env !== undefined && { env }) };
    execFile(file, [...args], given, (error, stdout, stderr) => {
      if (signal.aborted) return reject(signal.reason);
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : undefined;
      resolve({ code, stdout, stderr });
    });
  });
}

/** Path of a program named as a shell would name it; undefined when there is none. */
export async function findProgram(name: string): Promise<string | undefined> {
  const folders = name.includes("/") ? [""] : (process.env["PATH"] ?? "").split(delimiter).filter((dir) => dir !== "");
  for (const folder of folders) {
    const path = folder === "" ? name : join(folder, name);
    if (await access(path, constants.X_OK).then(() => true, () => false)) return path;
  }
  return undefined;
}
