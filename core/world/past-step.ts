import type { ActionError, Parsed } from "../domain/action.ts";
import type { Observation, Screenshot } from "../domain/observation.ts";
import type { PastStep } from "../domain/point.ts";

/** A step as the points after it remember it: the page that it was taken on, and what became of it. */
export function pastStep(
  { url, stateKey, screenshot }: Observation,
  { parsed, target, error }: {
    readonly parsed: Parsed;
    readonly target?: PastStep["target"] | undefined;
    readonly error?: ActionError | undefined;
  },
): PastStep {
  return {
    url,
    stateKey,
    ...(screenshot && { screenshot: sizeOf(screenshot) }),
    parsed,
    ...(target && { target }),
    ...(error && { error }),
  };
}

function sizeOf({ sha256, widthPx, heightPx }: Screenshot): NonNullable<PastStep["screenshot"]> {
  return { sha256, widthPx, heightPx };
}
