import { HaloError } from "halo-agent";
import type { NextTokens } from "./probes.ts";

/** Largest gap of a log-probability: of float32 on both sides, and of bfloat16 on either, which only warns. */
export const limits = { float32: 1e-3, bfloat16: 0.5 } as const;

export type Precision = keyof typeof limits;

/** What comes from a version's own cache is what is computed under a salt never used before. Returns the gap. */
export function checkCache(
  kept: NextTokens,
  { fresh, precision }: { readonly fresh: NextTokens; readonly precision: Precision },
): number {
  if (fresh.cached !== undefined && fresh.cached > 0) {
    throw new HaloError(
      "HALO_CANARY_CACHE",
      `cache canary: under a cache salt never used before ${fresh.cached} prompt tokens came from the cache, expected 0`,
      { hint: "vLLM ignores cache_salt, or a proxy drops it: versions would share their cache" },
    );
  }
  const gap = widestOf(kept.logprobs, fresh.logprobs);
  if (gap <= limits[precision]) return gap;
  throw new HaloError(
    "HALO_CANARY_CACHE",
    `cache canary: log-probabilities under the policy version's cache differ from freshly computed ones by ${
      shown(gap)
    }, limit ${limits[precision]}`,
    { hint: "vLLM serves blocks of earlier weights: use a fresh name and folder for each version, or restart vLLM" },
  );
}

/**
 * Log-probabilities at temperature 0.5 are spread twice as wide as those at 1. Returns the ratio that was found: 2 when
 * all is well, 1 when the server reports them before temperature or ignores it.
 */
export function checkTemperature(at1: NextTokens, atHalf: NextTokens): number {
  const both = [...at1.logprobs.keys()].filter((id) => atHalf.logprobs.has(id));
  const spread = ({ logprobs }: NextTokens) => {
    const values = both.map((id) => logprobs.get(id)!);
    const best = Math.max(...values);
    return values.reduce((sum, v) => sum + best - v, 0);
  };
  const ratio = spread(atHalf) / spread(at1);
  if (Math.abs(ratio - 2) <= 0.2) return ratio;
  throw new HaloError(
    "HALO_CANARY_TEMPERATURE",
    `temperature canary: at temperature 0.5 log-probabilities are spread ${
      shown(ratio)
    } times as wide as at 1, expected 2`,
    {
      hint:
        "start vLLM with --logprobs-mode processed_logprobs and --generation-config vllm; no proxy may set the temperature",
    },
  );
}

/** Over the tokens both name; a likeliest one that the other does not name is at most as likely there as its last. */
export function widestOf(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [best, most] = [...a].reduce((x, y) => y[1] > x[1] ? y : x);
  const gaps = [...a].map(([id, value]) => Math.abs(value - (b.get(id) ?? value)));
  return Math.max(...gaps, b.has(best) ? 0 : most - Math.min(...b.values()));
}

/** Three digits, as people read gaps. */
export const shown = (x: number): string => String(Number(x.toPrecision(3)));
