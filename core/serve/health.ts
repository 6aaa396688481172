import { setTimeout as delay } from "node:timers/promises";

/** True when the URL answers 200 within the limit. */
export async function isHealthy(
  url: string,
  o: { readonly limitMs: number; readonly signal: AbortSignal },
): Promise<boolean> {
  try {
    const signal = AbortSignal.any([o.signal, AbortSignal.timeout(o.limitMs)]);
    const response = await fetch(url, { signal });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** Resolves when the URL answers 200; false when `signal` aborts first. */
export async function untilHealthy(url: string, signal: AbortSignal): Promise<boolean> {
  for (let pauseMs = 100; !signal.aborted; pauseMs = Math.min(1_000, pauseMs * 1.5)) {
    if (await isHealthy(url, { limitMs: 5_000, signal })) return true;
    await delay(pauseMs, undefined, { signal }).catch(() => {});
  }
  return false;
}

/** Resolves when the URL failed so many checks in a row; never when `signal` aborts first. */
export async function untilUnhealthy(
  url: string,
  o: { readonly everyMs: number; readonly failures: number; readonly signal: AbortSignal },
): Promise<void> {
  for (let failures = 0; failures < o.failures;) {
    await delay(o.everyMs, undefined, { signal: o.signal }).catch(() => {});
    if (o.signal.aborted) return await new Promise(() => {});
    failures = await isHealthy(url, { limitMs: 30_000, signal: o.signal }) ? 0 : failures + 1;
  }
}
