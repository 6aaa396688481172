import { spawn } from "node:child_process";
import process from "node:process";

/** Longest life of a busy process, seconds, whatever becomes of its starter. */
const longestS = 3_600;

/** Keeps so many processes busy with nothing, beside whatever runs meanwhile, until they are ended. */
export function keepBusy(count: number): { end(): void } {
  const parent = process.pid;
  const loop = `const end = Date.now() + ${longestS * 1000};
    while (Date.now() < end && process.ppid === ${parent}) for (let i = 0; i < 1e7; i++);`;
  const children = Array.from({ length: count }, () => spawn(process.execPath, ["-e", loop], { stdio: "ignore" }));
  return { end: () => children.forEach((child) => child.kill("SIGKILL")) };
}
