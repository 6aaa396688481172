import type { Environment } from "../domain/environment.ts";
import type { Task } from "../domain/task.ts";
import type { SeenPoint } from "../record/seen.ts";
import { boundCall } from "../util/bound-call.ts";
import { calleeOf } from "../util/callee.ts";
import { standAgain } from "./stand-again.ts";

/** Longest wait for a page to stand at a point, the browser's start included. */
const limitMs = 30_000;

/** Takes the picture of a recorded point, a PNG: the environment goes back to it, and looks. Rejects where it cannot. */
export async function pictureOf(
  environment: Environment,
  { task, point, signal }: { readonly task: Task; readonly point: SeenPoint; readonly signal: AbortSignal },
): Promise<Uint8Array> {
  return await boundCall(async (call) => {
    const episode = await standAgain(environment, { task, point }, call);
    try {
      const { screenshot } = await episode.observe({ ...call, need: { screenshot: true } });
      if (!screenshot) throw new Error("the environment takes no screenshots");
      return screenshot.png;
    } finally {
      await episode.close();
    }
  }, { callee: calleeOf(environment, "environment"), call: "fork", limitMs, limit: "30 s", signal });
}
