import { exp, log } from "./exact.ts";

function maximum(values: ArrayLike<number>): number {
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (v !== v) return NaN;
    if (v > max) max = v;
  }
  return max;
}

/** log(sum(exp(values))) without overflow; -Infinity when nothing is given. */
export function logSumExp(values: ArrayLike<number>): number {
  const max = maximum(values);
  if (!Number.isFinite(max)) return max;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += exp(values[i]! - max);
  return max + log(sum);
}

/** Probabilities proportional to exp(logits / temperature); a logit of -Infinity has none. Throws when no logit is finite. */
export function softmax(logits: ArrayLike<number>, temperature = 1): Float64Array {
  const p = new Float64Array(logits.length);
  const max = finiteMaximum(logits);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const e = exp((logits[i]! - max) / temperature);
    p[i] = e;
    sum += e;
  }
  for (let i = 0; i < p.length; i++) p[i] = p[i]! / sum;
  return p;
}

/** Logarithms of `softmax(logits, temperature)`, exact also where a probability underflows. */
export function logSoftmax(logits: ArrayLike<number>, temperature = 1): Float64Array {
  const out = new Float64Array(logits.length);
  const max = finiteMaximum(logits);
  let sum = 0;
  for (let i = 0; i < out.length; i++) {
    const scaled = (logits[i]! - max) / temperature;
    out[i] = scaled;
    sum += exp(scaled);
  }
  const logSum = log(sum);
  for (let i = 0; i < out.length; i++) out[i] = out[i]! - logSum;
  return out;
}

function finiteMaximum(logits: ArrayLike<number>): number {
  const max = maximum(logits);
  if (!Number.isFinite(max)) {
    throw new RangeError(`softmax needs a finite largest logit, got ${max} of ${logits.length}`);
  }
  return max;
}
