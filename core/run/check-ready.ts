import { originOf } from "../config/load.ts";
import type { Pipeline } from "../config/pipeline.ts";
import { ConfigProblem } from "../config/problem.ts";
import type { Call } from "../domain/call.ts";
import type { Built } from "../plugin/container.ts";
import { isHaloError } from "../util/errors.ts";
import { boundCall } from "../util/bound-call.ts";
import { calleeOf } from "../util/callee.ts";

/** Asks policy, critic, trainer and rewards whether what they depend on is there. Throws what is missing, with the line that asks for it. */
export async function checkReady(
  { pipeline, built, signal }: { readonly pipeline: Pipeline; readonly built: Built; readonly signal: AbortSignal },
): Promise<void> {
  const parts: readonly (readonly [path: string, instance: Depending | undefined, kind: string])[] = [
    ...(["policy", "critic", "trainer"] as const).map((part) => [part, built[part], part] as const),
    ...built.rewards.map(({ shaper }, i) => [`rewards.${i}`, shaper, "reward"] as const),
  ];
  for (const [path, instance, kind] of parts) {
    try {
      await boundCall(async (call) => await instance?.ready?.(call), {
        callee: calleeOf(instance, kind),
        call: "ready",
        limitMs: pipeline.limits.start_timeout_s * 1000,
        limit: "limits.start_timeout_s",
        signal,
      });
    } catch (e) {
      signal.throwIfAborted();
      if (!isHaloError(e)) throw e;
      const span = originOf(pipeline, e.option === undefined ? path : `${path}.options.${e.option}`);
      throw new ConfigProblem(e.code, e.message, { span, hint: e.hint, cause: e });
    }
  }
}

/** What may say whether it can begin. */
interface Depending {
  ready?(o: Call): Promise<void>;
}
