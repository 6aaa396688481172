import type { Fault } from "../domain/verdict.ts";
import { factsOf } from "../util/error-facts.ts";
import { HaloError } from "../util/errors.ts";

/**
 * Classifies what an environment, policy or critic threw. Errors that name a mistake in the pipeline or a defect in an
 * algorithm are thrown on: no retry mends them.
 */
export function faultOf(e: unknown, kind: Fault["kind"]): Fault {
  if (e instanceof HaloError) {
    if (factsOf(e.code)?.rule === "fatal") throw e;
    return { kind: e.code === "HALO_FORK_DIVERGENCE" ? "fork_divergence" : kind, code: e.code, message: e.message };
  }
  if (e instanceof TypeError || e instanceof ReferenceError || e instanceof RangeError) throw e;
  // What AbortSignal.timeout throws does not say which limit that was.
  const isLimit = e instanceof DOMException && e.name === "TimeoutError";
  const message = isLimit
    ? `no answer within limits.${kind === "environment" ? "step" : "policy"}_timeout_s`
    : e instanceof Error
    ? e.message
    : String(e);
  const timeout = e instanceof Error && e.name === "TimeoutError";
  return { kind, code: timeout ? "HALO_CALL_TIMEOUT" : "HALO_CALL_FAILED", message };
}
