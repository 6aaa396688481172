import type { Call } from "../domain/call.ts";

/** A call that is cancelled by `signal` or after `limitMs`, whichever comes first. */
export function limitedCall(signal: AbortSignal, limitMs: number): Call {
  return { signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]) };
}
