import { cpSync, rmSync } from "node:fs";

/**
 * Copies a folder as a process that is killed at this moment would leave it, for a hook of that process: while the hook runs,
 * the process begins nothing. Copies again when a write under way renamed a file meanwhile.
 */
export function copyAsLeft(from: string, to: string): void {
  for (let tries = 5;; tries--) {
    try {
      return cpSync(from, to, { recursive: true });
    } catch (e) {
      if (tries === 0 || (e as NodeJS.ErrnoException).code !== "ENOENT") throw e;
      rmSync(to, { recursive: true, force: true });
    }
  }
}
