import type { Call } from "../../domain/call.ts";
import { boundCall } from "../../util/bound-call.ts";
import { calleeOf } from "../../util/callee.ts";
import { HaloError, isHaloError } from "../../util/errors.ts";
import { retry } from "../../util/retry.ts";
import { defect } from "../../util/thrown.ts";
import type { RunContext } from "./run-context.ts";

/**
 * A call to the trainer, or to the policy that adopts its weights, within `limits.train_timeout_s`. Again after a failure of
 * the network; one that was given up is not called again, since it may still be at work.
 */
export async function askTrainer<T>(
  { built, pipeline: { limits }, signal }: Pick<RunContext, "built" | "pipeline" | "signal">,
  { part = "trainer", call }: { readonly part?: "trainer" | "policy"; readonly call: string },
  ask: (o: Call) => Promise<T>,
): Promise<T> {
  const callee = calleeOf(built[part], part);
  const bound = { callee, call, limitMs: limits.train_timeout_s * 1000, limit: "limits.train_timeout_s", signal };
  const isRetryable = (e: unknown) => isHaloError(e, "HALO_CALL_NETWORK");
  try {
    return await retry(() => boundCall(ask, bound), { retries: limits.fault_retries, signal, isRetryable });
  } catch (e) {
    signal.throwIfAborted();
    if (isHaloError(e, "HALO_CALL_FAILED")) throw defect(e, bound);
    if (isHaloError(e, "HALO_CALL_NETWORK")) throw new HaloError("HALO_TRAINER_FAULT", e.message, { cause: e });
    throw e;
  }
}
