import type { Fault } from "../domain/verdict.ts";
import { errorCodes } from "../util/codes.ts";
import { HaloError } from "../util/errors.ts";

/**
 * Classifies what an environment, policy or critic threw. Errors that name a mistake in the pipeline or a defect in an
 * algorithm are thrown on: no retry mends them.
 */
export function faultOf(e: unknown, kind: Fault["kind"]): Fault {
  if (e instanceof HaloError) {
    if (!retryable(e)) throw e;
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

const fatal = new Set([
  "HALO_FORK_UNSUPPORTED",
  "HALO_POINT_UNKNOWN",
  "HALO_POINT_ENDED",
  "HALO_BROWSER_NOT_FOUND",
  "HALO_MODEL_KEY",
  "HALO_MODEL_UNKNOWN",
  "HALO_MODEL_REQUEST",
  "HALO_CRITIC_UNUSABLE",
]);

function retryable(e: HaloError): boolean {
  // What is wrong with a pipeline or shown by a canary stays so.
  if (e.code.startsWith("HALO_CANARY") || (e.code.startsWith("HALO_VLLM") && errorCodes[e.code].exit < 4)) return false;
  return !fatal.has(e.code) && !e.code.startsWith("HALO_CONFIG") && !e.code.startsWith("HALO_OPTION") &&
    !e.code.startsWith("HALO_LIMIT") && e.code !== "HALO_REWARD_FAILED";
}
