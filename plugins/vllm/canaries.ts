import { HaloError } from "halo-agent";
import type { Manifest } from "./manifest.ts";
import type { NextTokens } from "./probes.ts";

/** Largest gap of a log-probability: of float32 on both sides, and of bfloat16 on either, which only warns. */
export const limits = { float32: 1e-4, bfloat16: 0.5 } as const;

export type Precision = keyof typeof limits;

/**
 * The adapter answers as the trainer says. Of the two ways in which it may not, answering as the base means that it or
 * its tensors were dropped; answering as neither, that base, precision or files differ. Returns the gap.
 */
export function checkAdapter(
  scored: readonly number[],
  { manifest, precision, warn }: {
    readonly manifest: Manifest;
    readonly precision: Precision;
    readonly warn: (text: string) => void;
  },
): number {
  const { logprobs, base_logprobs } = manifest.canary!;
  const limit = limits[precision];
  const gap = widest(scored, logprobs);
  const toBase = widest(scored, base_logprobs);
  const effect = widest(logprobs, base_logprobs);
  if (gap > limit && toBase < gap && toBase <= Math.max(limit, effect / 10)) {
    throw new HaloError(
      "HALO_CANARY_ADAPTER",
      `adapter canary: vLLM answers as the base model does (gap ${shown(toBase)}), not as the adapter (gap ${
        shown(gap)
      }, limit ${limit}; the adapter moves log-probabilities by ${shown(effect)})`,
      {
        hint:
          "the adapter was dropped, or its tensors have names vLLM does not apply: expected base_model.model.model.language_model.layers.…",
      },
    );
  }
  if (gap > limit) {
    const text = `adapter canary: vLLM's log-probabilities differ from the trainer's by ${
      shown(gap)
    }, limit ${limit} (${precision})`;
    if (precision === "float32") {
      throw new HaloError("HALO_CANARY_ADAPTER", text, {
        hint:
          "vLLM and the trainer have other base weights, another precision, or the folder holds other files than were published",
      });
    }
    warn(text);
  }
  return gap;
}

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

/** Every screenshot became as many tokens as the trainer will make of it. */
export function checkImages(
  promptIds: readonly number[],
  { pad, expected }: { readonly pad: number; readonly expected: readonly number[] },
): void {
  const runs: number[] = [];
  promptIds.forEach((id, i) => {
    if (id !== pad) return;
    if (promptIds[i - 1] === pad) runs[runs.length - 1]!++;
    else runs.push(1);
  });
  if (runs.length === expected.length && runs.every((length, i) => length === expected[i])) return;
  throw new HaloError(
    "HALO_CANARY_IMAGE",
    `image canary: vLLM made ${listed(runs)} tokens of the screenshots, expected ${listed(expected)}`,
    {
      hint:
        "vLLM resizes pictures in another way: compare `image` with the model's preprocessor_config.json and --mm-processor-kwargs",
    },
  );
}

const listed = (counts: readonly number[]): string => counts.length === 0 ? "no" : counts.join(" and ");

const widest = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

/** Over the tokens both name; a likeliest one that the other does not name is at most as likely there as its last. */
function widestOf(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [best, most] = [...a].reduce((x, y) => y[1] > x[1] ? y : x);
  const gaps = [...a].map(([id, value]) => Math.abs(value - (b.get(id) ?? value)));
  return Math.max(...gaps, b.has(best) ? 0 : most - Math.min(...b.values()));
}

/** Three digits, as people read gaps. */
const shown = (x: number): string => String(Number(x.toPrecision(3)));
