import type { Rng } from "../domain/rng.ts";

type Key = string | number;
/** 128 bits as four 32-bit words. */
type Words = readonly [number, number, number, number];

const root: Words = [0x68616c6f, 0x2d6b6579, 0x65642072, 0x6e672e31];
const float = new DataView(new ArrayBuffer(8));

/** A generator derived from `keys`: equal keys (by value and type) give equal numbers, on every engine. */
export function keyedRng(...keys: readonly Key[]): Rng {
  return rngOf(keys.reduce(absorbKey, root));
}

function rngOf(key: Words): Rng {
  let state: Uint32Array | undefined;
  const word = () => nextWord(state ??= seededState(key));
  const next = () => ((word() >>> 5) * 0x4000000 + (word() >>> 6)) / 0x20000000000000;
  return {
    next,
    int(n) {
      if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`int(n) needs an integer n >= 1, got ${n}`);
      if (n > 0x100000000) return Math.floor(next() * n);
      // Values past the last whole multiple of n would favour small results: draw again.
      const limit = 0x100000000 - 0x100000000 % n;
      for (;;) {
        const w = word();
        if (w < limit) return w % n;
      }
    },
    derive: (...keys) => rngOf(keys.reduce(absorbKey, key)),
  };
}

/** Mixes one key into the state; the type and the length go in first, so ("ab") differs from ("a", "b") and "1" from 1. */
function absorbKey(state: Words, key: Key): Words {
  if (typeof key === "number") {
    // -0 and 0 are equal numbers, and all NaN are one.
    float.setFloat64(0, key === 0 ? 0 : key);
    return mix(mix(mix(state, 1), float.getUint32(0)), float.getUint32(4));
  }
  let s = mix(mix(state, 2), key.length);
  for (let i = 0; i < key.length; i += 2) {
    s = mix(s, key.charCodeAt(i) << 16 | (i + 1 < key.length ? key.charCodeAt(i + 1) : 0));
  }
  return s;
}

/** Adds a word and applies two ChaCha quarter rounds (RFC 8439 §2.1), a permutation of the 128 bits. */
function mix([a, b, c, d]: Words, word: number): Words {
  a ^= word;
  for (let round = 0; round < 2; round++) {
    a = (a + b) | 0;
    d = rotate(d ^ a, 16);
    c = (c + d) | 0;
    b = rotate(b ^ c, 12);
    a = (a + b) | 0;
    d = rotate(d ^ a, 8);
    c = (c + d) | 0;
    b = rotate(b ^ c, 7);
  }
  return [a, b, c, d];
}

function rotate(x: number, by: number): number {
  return x << by | x >>> (32 - by);
}

function seededState(key: Words): Uint32Array {
  let s = key;
  for (let i = 0; i < 8; i++) s = mix(s, 0x9e3779b9 + i);
  // xoshiro must not start at all zeros.
  return Uint32Array.from(s.some((w) => w !== 0) ? s : root);
}

/** One step of xoshiro128** (Blackman and Vigna, arXiv 1805.01407): 32 bits. */
function nextWord(s: Uint32Array): number {
  const [s0, s1, s2, s3] = [s[0]!, s[1]!, s[2]!, s[3]!];
  const result = Math.imul(rotate(Math.imul(s1, 5), 7), 9) >>> 0;
  const t2 = s2 ^ s0;
  const t3 = s3 ^ s1;
  s[0] = s0 ^ t3;
  s[1] = s1 ^ t2;
  s[2] = t2 ^ (s1 << 9);
  s[3] = rotate(t3, 11);
  return result;
}
