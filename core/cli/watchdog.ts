import process from "node:process";
import { url as debuggerUrl } from "node:inspector";
import { Worker } from "node:worker_threads";
import { concludeAtOnce } from "../record/conclude-at-once.ts";
import { blamedFrame } from "../util/callee.ts";
import { HaloError } from "../util/errors.ts";
import { endProcess } from "./exit.ts";
import { placeText } from "./process-guard.ts";

const beatMs = 250;

/** Where the worker finds the function that ends the process: it is evaluated while everything else stands still. */
const endName = Symbol.for("halo.stalled");

export interface Watchdog {
  /** The run whose record says how it ended. */
  run: string | undefined;
  close(): Promise<void>;
}

/**
 * Ends the process when its event loop has stood still for `limitMs`: some code runs on and on without waiting for anything.
 * A worker thread sees it and, where the runtime lets it look, names the line that runs.
 */
export function startWatchdog(
  { limitMs, onStall }: { readonly limitMs: number; readonly onStall: (error: HaloError) => void },
): Watchdog {
  const watchdog: Watchdog = { run: undefined, close: () => Promise.resolve() };
  // A person who debugs stops the process too.
  if (typeof debuggerUrl === "function" && debuggerUrl() !== undefined) return watchdog;
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./watchdog-worker.${extension}`, import.meta.url), {
    workerData: { beats, limitMs, beatMs, pid: process.pid },
  });
  worker.on("error", () => {}); // Without it a run goes on as well.
  worker.unref();
  const timer = setInterval(() => Atomics.add(beats, 0, 1), beatMs);
  timer.unref();
  (globalThis as Record<symbol, unknown>)[endName] = (stack: string) => {
    const error = stalled(stack, limitMs);
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

function stalled(stack: string, limitMs: number): HaloError {
  const frame = blamedFrame(stack);
  return new HaloError(
    "HALO_PLUGIN_STALLED",
    `${placeText(frame)} has run for ${limitMs / 1000} s without waiting for anything (limits.stall_timeout_s)`,
    { hint: "mend the loop, then: halo run --resume latest --accept-changes" },
  );
}
