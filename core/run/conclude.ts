import type { RunFolder } from "../record/run-folder.ts";
import { exitOfCode, factsOf } from "../util/error-facts.ts";
import { HaloError, isHaloError } from "../util/errors.ts";
import type { Comparison, Done, Evaluation, Gate, RunEvent } from "../record/events.ts";

/** What the stages of a run found. */
export interface Results {
  readonly evaluations: Evaluation[];
  readonly comparisons: Comparison[];
  readonly gates: Gate[];
}

/** Results of a run that begins. */
export const noResults = (): Results => ({ evaluations: [], comparisons: [], gates: [] });

/** Records an event, then hands it on. */
export function emitTo(
  folder: RunFolder,
  onEvent: ((event: RunEvent) => void) | undefined,
): (event: RunEvent) => Promise<void> {
  return async (event) => {
    await folder.event(event);
    onEvent?.(event);
  };
}

/** How a run ended whose stages were stopped by `error`, undefined when they finished. */
export function doneOf(
  folder: RunFolder,
  o: Omit<Done, "ok" | "exit" | "run" | "error"> & { readonly error: unknown },
): Done {
  const { error, ...rest } = o;
  const exit = exitOf(error, rest.gates);
  const wrong = error === undefined ? {} : { error: recordOf(error) };
  return { ok: exit === 0, exit, run: folder.path, ...rest, ...wrong };
}

/** Records how a run ended. A defect, exit 1, is thrown on. */
export async function conclude(
  folder: RunFolder,
  { done, error, emit }: {
    readonly done: Done;
    readonly error: unknown;
    readonly emit: (event: RunEvent) => Promise<void>;
  },
): Promise<Done> {
  try {
    await folder.status(error === undefined ? "DONE" : done.exit === 1 ? "FAILED" : "STOPPED");
    await emit({ type: "done", ...done });
  } catch (e) {
    // A full disk takes no record of itself: a run whose process is gone reads STOPPED.
    if (error === undefined || !isHaloError(e, "HALO_DISK")) throw e;
  }
  if (done.exit === 1) throw error;
  return done;
}

/** A missed gate ends with 5, after all stages. */
function exitOf(error: unknown, gates: readonly Gate[]): number {
  if (error === undefined) return gates.every((gate) => gate.ok) ? 0 : exitOfCode("HALO_GATE_FAILED");
  return error instanceof HaloError ? exitOfCode(error.code) : 1;
}

function recordOf(error: unknown): NonNullable<Done["error"]> {
  if (isHaloError(error)) {
    const { code, hint, at, isLasting } = error;
    const mending = isLasting
      ? hint ?? factsOf(code)?.fix ?? "mend the pipeline"
      : code === "HALO_RUN_CORRUPT"
      ? hint
      : undefined;
    const message = at === undefined ? error.message : `${[at.file, at.line].join(":")}: ${error.message}`;
    return { code, message, ...(mending !== undefined && { hint: mending }) };
  }
  return { code: "HALO_BUG", message: error instanceof Error ? error.message : String(error) };
}
