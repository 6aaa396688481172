import process from "node:process";
import { exitOfCode } from "../util/error-facts.ts";
import { isHaloError } from "../util/errors.ts";

/** What halo's exit status says; docs/errors.md lists the same. */
export const exitCodes = {
  done: 0,
  bug: 1,
  config: 2,
  prerequisite: 3,
  faults: 4,
  gate: 5,
  limit: 6,
  serviceLost: 7,
  interrupted: 130,
  terminated: 143,
} as const;

/** The exit status an error leads to. */
export function exitCodeOf(error: unknown): number {
  return isHaloError(error) ? exitOfCode(error.code) : exitCodes.bug;
}

/** Ends the process now. A plugin that calls `process.exit` meets an error instead, so the real one is kept here. */
export const endProcess: (code: number) => never = process.exit.bind(process);

/** Puts another function in the place of `process.exit`, for code that is not halo's own. */
export function replaceExit(by: (code?: number | string | null) => never): void {
  process.exit = by;
}

/** Ends the process once stdout and stderr are written out. */
export async function exit(code: number): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) =>
      stream.writableNeedDrain ? stream.once("drain", resolve) : stream.write("", () => resolve())
    );
  }
  endProcess(code);
}
