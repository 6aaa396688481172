import type { Fault } from "../domain/verdict.ts";
import { retry } from "../util/retry.ts";
import { faultOf } from "./fault.ts";

/** What came of a call into a plugin: its value, or the fault that outlived the retries with what was thrown last. */
export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault; readonly error: unknown };

export interface AttemptOptions {
  readonly kind: "environment" | "policy" | "critic";
  readonly retries: number;
  readonly signal: AbortSignal;
  /** Asked after a failure: whether nobody waits for the value any more. */
  readonly isAbandoned?: () => boolean;
}

/** Calls into a plugin, again after a fault. Throws what no retry mends, and the signal's reason once it is aborted. */
export async function attempt<T>(
  run: () => Promise<T>,
  { kind, retries, signal, isAbandoned = () => false }: AttemptOptions,
): Promise<Attempt<T>> {
  const isRetryable = (e: unknown) => {
    faultOf(e, kind); // Throws what no retry mends.
    return !isAbandoned();
  };
  try {
    return { ok: true, value: await retry(run, { retries, signal, isRetryable }) };
  } catch (error) {
    signal.throwIfAborted();
    return { ok: false, fault: faultOf(error, kind), error };
  }
}
