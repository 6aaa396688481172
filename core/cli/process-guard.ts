import process from "node:process";
import { blamedFrame, type Frame, pluginAt } from "../util/callee.ts";
import { HaloError } from "../util/errors.ts";
import { replaceExit } from "./exit.ts";

/** Time a command has to end in order after a stray error. */
const endLimitMs = 60_000;

export interface ProcessGuard {
  /** What nobody awaited and nobody caught, the first of it. */
  readonly stray: unknown;
}

/**
 * Keeps the process under halo's control while a command runs: what is thrown in a timer or rejected unheard aborts
 * `controller` instead of ending the process, `process.exit` of a plugin throws, and the process does not end by itself
 * while something is still awaited. `giveUp` is called when the command goes on all the same.
 */
export function guardProcess(
  controller: AbortController,
  { giveUp }: { readonly giveUp: (error: unknown) => void },
): ProcessGuard {
  const guard: { stray: unknown } = { stray: undefined };
  const onStray = (e: unknown) => {
    if (guard.stray !== undefined) return;
    guard.stray = strayError(e);
    if (!controller.signal.aborted) controller.abort(guard.stray);
    setTimeout(() => giveUp(guard.stray), endLimitMs).unref();
  };
  process.on("uncaughtException", onStray);
  process.on("unhandledRejection", onStray);
  replaceExit(refuseExit);
  setInterval(() => {}, 2 ** 30);
  return guard;
}

function refuseExit(code?: number | string | null): never {
  const frame = blamedFrame(new Error().stack);
  throw new HaloError("HALO_PLUGIN_EXIT", `${placeText(frame)} called process.exit(${code ?? ""})`, {
    hint: "a plugin must not end halo's process: throw an error instead",
  });
}

/** A stray error under the name of the plugin it came from; as it is when it came from halo itself. */
function strayError(e: unknown): unknown {
  const frame = e instanceof Error ? blamedFrame(e.stack) : undefined;
  if (!frame || e instanceof HaloError) return e;
  return new HaloError(
    "HALO_PLUGIN_STRAY",
    `${placeText(frame)} threw where nobody waits for it, in a timer, an event or a promise: ${String(e)}`,
    { hint: "catch it there, or await it within a call; then: halo run --resume latest --accept-changes", cause: e },
  );
}

/** `./mine.ts (/folder/mine.ts:12)`. */
export function placeText(frame: Frame | undefined): string {
  if (!frame) return "a plugin";
  const plugin = pluginAt(frame.file);
  const place = `${frame.file}:${frame.line}`;
  return plugin === undefined ? place : `${plugin} (${place})`;
}
