import process from "node:process";
import { url as debuggerUrl } from "node:inspector";
import { Worker } from "node:worker_threads";
import { pipelineSchema } from "../config/schemas.ts";
import { concludeAtOnce } from "../record/conclude-at-once.ts";
import { blamedFrame } from "../util/callee.ts";
import { HaloError } from "../util/errors.ts";
import { endProcess } from "./exit.ts";
import { placeText } from "./process-guard.ts";

const beatMs = 250;
/** Until a pipeline says otherwise: the default of `limits.stall_timeout_s`. */
const usualMs = pipelineSchema.properties.limits.properties.stall_timeout_s.default * 1000;

/** Where the worker finds the function that ends the process: it is evaluated while everything else stands still. */
const endName = Symbol.for("halo.stalled");

export interface Watchdog {
  /** The run whose record says how it ended. */
  run: string | undefined;
  /** How long some code may run without waiting for anything, from now on. */
  limit(ms: number): void;
  close(): Promise<void>;
}

/**
 * Ends the process when its event loop has stood still for a time: some code runs on and on without waiting for anything, in a
 * plugin's calls or while its module is imported.
 * A worker thread sees it and, where the runtime lets it look, names the line that runs.
 */
export function startWatchdog({ onStall }: { readonly onStall: (error: HaloError) => void }): Watchdog {
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const watchdog: Watchdog = {
    run: undefined,
    limit: (ms) => void Atomics.store(shared, 1, Math.min(ms, 2 ** 31 - 1)),
    close: () => Promise.resolve(),
  };
  watchdog.limit(usualMs);
  // A person who debugs stops the process too.
  if (typeof debuggerUrl === "function" && debuggerUrl() !== undefined) return watchdog;
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./watchdog-worker.${extension}`, import.meta.url), {
    workerData: { shared, beatMs, pid: process.pid },
  });
  worker.on("error", () => {}); // Without it a run goes on as well.
  worker.unref();
  const timer = setInterval(() => Atomics.add(shared, 0, 1), beatMs);
  timer.unref();
  (globalThis as Record<symbol, unknown>)[endName] = (stack: string) => {
    const error = stalled(stack, { limitMs: Atomics.load(shared, 1), isRunning: watchdog.run !== undefined });
    if (watchdog.run !== undefined) concludeAtOnce(watchdog.run, error);
    onStall(error);
    endProcess(1);
  };
  watchdog.close = async () => {
    clearInterval(timer);
    await worker.terminate();
  };
  return watchdog;
}

function stalled(
  stack: string,
  { limitMs, isRunning }: { readonly limitMs: number; readonly isRunning: boolean },
): HaloError {
  const frame = blamedFrame(stack);
  return new HaloError(
    "HALO_PLUGIN_STALLED",
    `${placeText(frame)} has run for ${limitMs / 1000} s without waiting for anything (limits.stall_timeout_s)`,
    { hint: isRunning ? "mend the loop, then: halo run --resume latest --accept-changes" : "mend the loop" },
  );
}
