import { originOf } from "../config/load.ts";
import type { Pipeline } from "../config/pipeline.ts";
import { ConfigProblem } from "../config/problem.ts";
import type { Built } from "../plugin/container.ts";
import { isHaloError } from "../util/errors.ts";
import { limitedCall } from "../util/within.ts";

/** A server may be loading a large model. */
const readyLimitMs = 900_000;

/** Asks policy, critic and trainer whether what they depend on is there. Throws what is missing, with the line that asks for it. */
export async function checkReady(
  { pipeline, built, signal }: { readonly pipeline: Pipeline; readonly built: Built; readonly signal: AbortSignal },
): Promise<void> {
  for (const part of ["policy", "critic", "trainer"] as const) {
    try {
      await built[part]?.ready?.(limitedCall(signal, readyLimitMs));
    } catch (e) {
      signal.throwIfAborted();
      if (!isHaloError(e)) throw e;
      const span = originOf(pipeline, e.option === undefined ? part : `${part}.options.${e.option}`);
      throw new ConfigProblem(e.code, e.message, { span, hint: e.hint, cause: e });
    }
  }
}
