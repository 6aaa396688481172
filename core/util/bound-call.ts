import { type Callee, calleeText } from "./callee.ts";
import { HaloError } from "./errors.ts";
import { thrownBy } from "./thrown.ts";

export interface BoundCall<T> {
  readonly callee: Callee;
  /** Name of the function that is called. */
  readonly call: string;
  /** Longest time it may take. */
  readonly limitMs: number;
  /** What sets that time, as messages name it: "limits.step_timeout_s". */
  readonly limit: string;
  /** Cancels the call too. */
  readonly signal: AbortSignal;
  /** Time that a cancelled call has to end by itself; 2 s, and at most `limitMs`, when absent. */
  readonly graceMs?: number;
  /** Receives what a call that was given up brings after all. */
  readonly late?: (value: T) => unknown;
}

/**
 * The one way into a plugin. The call ends by its limit, whether or not the plugin looks at the signal it is given: first
 * the signal is aborted, and a call that then ends by itself is HALO_CALL_TIMEOUT; one that does not is given up as
 * HALO_PLUGIN_HUNG. What the plugin throws comes out as an error with a code; the reason of `signal` as it is.
 */
export async function boundCall<T>(
  run: (call: { readonly signal: AbortSignal }) => T | Promise<T>,
  o: BoundCall<T>,
): Promise<T> {
  const { signal, limitMs, graceMs = Math.min(2_000, limitMs) } = o;
  signal.throwIfAborted();
  const own = new AbortController();
  let isLate = false;
  let isGivenUp = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const { promise, reject, resolve } = Promise.withResolvers<T>();
  const end = (reason: unknown, giveUp: () => unknown) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isGivenUp = true;
      reject(giveUp());
    }, graceMs);
    own.abort(reason);
  };
  const cancel = () => end(signal.reason, () => signal.reason);
  timer = setTimeout(() => {
    isLate = true;
    end(new DOMException(`no answer within ${o.limit}`, "TimeoutError"), () => hung(o));
  }, limitMs);
  signal.addEventListener("abort", cancel, { once: true });
  const running = (async () => await run({ signal: own.signal }))();
  running.then((value) => {
    if (isGivenUp) o.late?.(value);
    else resolve(value);
  }, reject);
  try {
    return await promise;
  } catch (e) {
    signal.throwIfAborted();
    if (isGivenUp) throw e;
    if (isLate) throw new HaloError("HALO_CALL_TIMEOUT", `no answer within ${o.limit}`, { cause: e });
    throw thrownBy(e, o);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
  }
}

function hung({ callee, call, limitMs, limit }: Omit<BoundCall<never>, "late">): HaloError {
  return new HaloError(
    "HALO_PLUGIN_HUNG",
    `${calleeText(callee)} did not end ${call}() within ${limitMs / 1000} s (${limit}), nor when it was cancelled`,
    { hint: "a plugin's call must end when the signal it is given is aborted" },
  );
}
