import { setTimeout } from "node:timers";
import type { Call } from "../domain/call.ts";

/** Why a call was cancelled: its limit had passed. */
export class CallTimeout extends Error {
  override readonly name = "TimeoutError";
  readonly limitMs: number;

  constructor(limitMs: number) {
    super(`no answer within ${limitMs / 1000} s`);
    this.limitMs = limitMs;
  }
}

/** A call that is cancelled by `signal` or, with a `CallTimeout`, after `limitMs`, whichever comes first. */
export function limitedCall(signal: AbortSignal, limitMs: number): Call {
  const late = new AbortController();
  setTimeout(() => late.abort(new CallTimeout(limitMs)), limitMs).unref();
  return { signal: AbortSignal.any([signal, late.signal]) };
}
