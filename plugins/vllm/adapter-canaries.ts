import { HaloError } from "halo-agent";
import { limits, type Precision, shown } from "./canaries.ts";
import type { CanaryText, Manifest, Projection } from "./manifest.ts";

interface Checking {
  readonly precision: Precision;
  readonly warn: (text: string) => void;
}

/** Length of the move between two answers from which bfloat16 tells them apart: ten times its spread of a token. */
const resolution = { float32: 0, bfloat16: 0.5 } as const;
/** Part of a loud adapter's effect that rounding may take or add on average. */
const tolerance = { float32: 0.02, bfloat16: 0.3 } as const;

/**
 * The adapter answers as the trainer says. Where it does not, the answer may be the base's (the adapter or its tensors
 * were dropped), that of the version before (a stale one), or neither (base, precision or files differ). Returns the gap.
 */
export function checkAdapter(
  scored: readonly number[],
  { manifest, before, precision, warn }: Checking & {
    readonly manifest: Pick<Manifest, "canary">;
    /** Of the version that was in force. */
    readonly before?: CanaryText | undefined;
  },
): number {
  const { ids, logprobs, base_logprobs } = manifest.canary!;
  const limit = limits[precision];
  const gap = widest(scored, logprobs);
  const isSame = before && before.ids.length === ids.length && before.ids.every((id, i) => id === ids[i]);
  const isBase = answersAs(scored, { other: base_logprobs, own: logprobs, precision });
  const isBefore = isSame && answersAs(scored, { other: before.logprobs, own: logprobs, precision });
  if (isBase && !(isBefore && distance(scored, before.logprobs) < distance(scored, base_logprobs))) {
    throw new HaloError(
      "HALO_CANARY_ADAPTER",
      `adapter canary: vLLM answers as the base model does (gap ${
        shown(widest(scored, base_logprobs))
      }), not as the adapter (gap ${shown(gap)}, limit ${limit}; the adapter moves log-probabilities by ${
        shown(widest(logprobs, base_logprobs))
      })`,
      {
        hint:
          "the adapter was dropped, or its tensors have names vLLM does not apply: docs/vllm.md has those of each family",
      },
    );
  }
  if (isBefore) {
    throw new HaloError(
      "HALO_CANARY_ADAPTER",
      `adapter canary: vLLM answers as with the version before (gap ${
        shown(widest(scored, before.logprobs))
      }), not as with this one (gap ${shown(gap)}, limit ${limit})`,
      { hint: "vLLM, or a proxy before it, keeps an old adapter: restart it, and give each version a name of its own" },
    );
  }
  if (gap <= limit) return gap;
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
  return gap;
}

/**
 * A loud adapter of one projection moves vLLM's answer as it moves the trainer's. It moves by far more than rounding, so
 * that dropped tensors show in bfloat16 too. Returns the part of the move that was found, 1 when all is well.
 */
export function checkProjection(
  scored: readonly number[],
  { projection, base, precision }: {
    readonly projection: Projection;
    readonly base: readonly number[];
    readonly precision: Precision;
  },
): number {
  const { name, logprobs } = projection;
  const share = shareOf(scored, { other: base, own: logprobs });
  const effect = mean(logprobs, base);
  const off = mean(scored, logprobs);
  if (off <= tolerance[precision] * effect) return share;
  const onTheWay = base.map((x, i) => x + share * (logprobs[i]! - x));
  const what = mean(scored, base) < 0.3 * effect
    ? "the base model's answer: its tensors were dropped"
    : mean(scored, onTheWay) < 0.3 * effect
    ? "not all of it: some of its tensors were dropped, or it is scaled otherwise"
    : "another adapter's answer";
  throw new HaloError(
    "HALO_CANARY_PROJECTION",
    `projection canary: with an adapter of ${name} alone vLLM gives ${what} (${
      shown(off)
    } off on average where the adapter moves by ${shown(effect)})`,
    {
      hint: "vLLM took the files and left tensors out: docs/vllm.md says which names it applies, and with which flags",
    },
  );
}

/** Whether an answer is nearer to another's than to its own, as far as the precision can tell the two apart. */
function answersAs(
  scored: readonly number[],
  o: { readonly other: readonly number[]; readonly own: readonly number[]; readonly precision: Precision },
): boolean {
  if (distance(o.own, o.other) <= resolution[o.precision] || widest(scored, o.own) <= limits.float32) return false;
  if (o.precision === "bfloat16") return distance(scored, o.other) < distance(scored, o.own);
  const toOther = widest(scored, o.other);
  return toOther < widest(scored, o.own) && toOther <= Math.max(limits.float32, widest(o.own, o.other) / 10);
}

/** How far an answer went from the other's to its own, along the way between them. */
function shareOf(
  scored: readonly number[],
  { other, own }: { readonly other: readonly number[]; readonly own: readonly number[] },
): number {
  const way = own.map((x, i) => x - other[i]!);
  const length = way.reduce((sum, x) => sum + x * x, 0);
  return length === 0 ? 1 : way.reduce((sum, x, i) => sum + x * (scored[i]! - other[i]!), 0) / length;
}

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, i) => value - b[i]!));

const widest = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

const mean = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
