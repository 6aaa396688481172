import type { Rng } from "../domain/rng.ts";
import { log } from "./exact.ts";

/** A standard Gumbel value; adding one to each log-probability and taking the n largest samples n without replacement. */
export function gumbel(rng: Rng): number {
  for (;;) {
    const u = rng.next();
    if (u > 0) return -log(-log(u));
  }
}

/** Index drawn with the given probabilities; they need not sum to 1. Throws when none is positive. */
export function categorical(rng: Rng, weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]!;
  if (!(total > 0 && total < Infinity)) throw new RangeError(`categorical needs a positive finite total, got ${total}`);
  const threshold = rng.next() * total;
  let sum = 0;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! <= 0) continue;
    sum += weights[i]!;
    last = i;
    if (threshold < sum) return i;
  }
  return last;
}

/** One of the items, each equally likely. Throws when there are none. */
export function pick<T>(rng: Rng, items: readonly T[]): T {
  return items[rng.int(items.length)]!;
}

/** The items in random order; every order is equally likely. */
export function shuffle<T>(rng: Rng, items: readonly T[]): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
