import { originOf } from "../config/load.ts";
import type { Pipeline } from "../config/pipeline.ts";
import { ConfigProblem } from "../config/problem.ts";
import type { Built } from "../plugin/container.ts";
import { isHaloError } from "../util/errors.ts";
import { boundCall } from "../util/bound-call.ts";
import { calleeOf } from "../util/callee.ts";

/** Asks policy, critic and trainer whether what they depend on is there. Throws what is missing, with the line that asks for it. */
export async function checkReady(
  { pipeline, built, signal }: { readonly pipeline: Pipeline; readonly built: Built; readonly signal: AbortSignal },
): Promise<void> {
  for (const part of ["policy", "critic", "trainer"] as const) {
    try {
      await boundCall(async (call) => await built[part]?.ready?.(call), {
        callee: calleeOf(built[part], part),
        call: "ready",
        limitMs: pipeline.limits.start_timeout_s * 1000,
        limit: "limits.start_timeout_s",
        signal,
      });
    } catch (e) {
      signal.throwIfAborted();
      if (!isHaloError(e)) throw e;
      const span = originOf(pipeline, e.option === undefined ? part : `${part}.options.${e.option}`);
      throw new ConfigProblem(e.code, e.message, { span, hint: e.hint, cause: e });
    }
  }
}
