import type { Fault } from "../domain/verdict.ts";
import type { Callee } from "../util/callee.ts";
import { isHaloError } from "../util/errors.ts";
import { retry } from "../util/retry.ts";
import { defect } from "../util/thrown.ts";
import { faultOf } from "./fault.ts";

/** What came of a call into a plugin: its value, or the fault that outlived the retries with what was thrown last. */
export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault; readonly error: unknown };

export interface AttemptOptions {
  readonly kind: "environment" | "policy" | "critic" | "reward";
  /** Whose calls these are, when what they throw turns out to be a defect. */
  readonly callee: Callee;
  /** True when the caller tries the whole again, so that an error without a code is a fault until then. */
  readonly isTriedAgain?: boolean;
  readonly retries: number;
  readonly signal: AbortSignal;
  /** Asked after a failure: whether nobody waits for the value any more. */
  readonly isAbandoned?: () => boolean;
}

/**
 * Calls into a plugin, again after a fault, but once only after one that lasts. Throws what no retry mends, the signal's
 * reason once it is aborted, and HALO_PLUGIN_DEFECT for an error without a code that every attempt met.
 */
export async function attempt<T>(
  run: () => Promise<T>,
  { kind, callee, retries, signal, isTriedAgain = false, isAbandoned = () => false }: AttemptOptions,
): Promise<Attempt<T>> {
  let isLasting = false;
  const isRetryable = (e: unknown) => {
    faultOf(e, kind); // Throws what no retry mends.
    const isSeenBefore = isLasting;
    isLasting = isHaloError(e) && e.isLasting;
    return !isAbandoned() && !(isLasting && isSeenBefore);
  };
  try {
    return { ok: true, value: await retry(run, { retries, signal, isRetryable }) };
  } catch (error) {
    signal.throwIfAborted();
    if (isHaloError(error, "HALO_CALL_FAILED")) {
      const blamed = defect(error, { callee, call: kind });
      if (!isTriedAgain) throw blamed;
      return { ok: false, fault: { kind, code: error.code, message: blamed.message }, error };
    }
    return { ok: false, fault: faultOf(error, kind), error };
  }
}
