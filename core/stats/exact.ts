/**
 * exp, log and log1p from additions, multiplications, divisions and bit moves only: bit-equal on every engine,
 * which `Math.exp` and `Math.log` are not. Error below 1 ulp (tests/core/stats/exact.test.ts measures it).
 */
const bits = new DataView(new ArrayBuffer(8));

/** ln 2 in two parts: `ln2Hi` has 42 significant bits, so that k * ln2Hi is exact for every exponent k of a double. */
const ln2Hi = 0.693147180559890330187045037746429443359375;
const ln2Lo = 5.497923018708371e-14;
const inverseLn2 = 1.4426950408889634;
const expOverflow = 709.782712893384;
const expUnderflow = -745.1332191019412;
/** 2 ** 54 lifts a subnormal into the normal range. */
const lift = 18014398509481984;

/** 2 ** k as a double, for -1022 <= k <= 1023. */
function powerOfTwo(k: number): number {
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** e ** x. exp(NaN) is NaN, exp(-Infinity) is 0. */
export function exp(x: number): number {
  if (x !== x) return x;
  if (x > expOverflow) return Infinity;
  if (x <= expUnderflow) return 0;
  // x = k ln2 + r + low with |r| <= ln2 / 2; the subtraction is exact.
  const k = Math.floor(x * inverseLn2 + 0.5);
  const high = x - k * ln2Hi;
  const low = -k * ln2Lo;
  const r = high + low;
  const tail = low - (r - high);
  // Taylor terms of degree 2 to 14: the rest is below 2 ** -61.
  let p = 1 / 87178291200;
  p = p * r + 1 / 6227020800;
  p = p * r + 1 / 479001600;
  p = p * r + 1 / 39916800;
  p = p * r + 1 / 3628800;
  p = p * r + 1 / 362880;
  p = p * r + 1 / 40320;
  p = p * r + 1 / 5040;
  p = p * r + 1 / 720;
  p = p * r + 1 / 120;
  p = p * r + 1 / 24;
  p = p * r + 1 / 6;
  p = p * r + 0.5;
  const sum = 1 + r;
  const y = sum + ((r - (sum - 1)) + (tail + tail * r + p * r * r));
  if (k > 1023) return y * 2 * powerOfTwo(1023);
  if (k < -1022) return y * powerOfTwo(k + 64) * powerOfTwo(-64);
  return y * powerOfTwo(k);
}

/** Natural logarithm. log(0) is -Infinity; of a negative number NaN. */
export function log(x: number): number {
  if (x !== x || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  return logOfSum(x, 0);
}

/** log(1 + x), accurate for small x too. log1p(-1) is -Infinity. */
export function log1p(x: number): number {
  if (x !== x || x < -1) return NaN;
  if (x === -1) return -Infinity;
  if (x === Infinity || x === 0) return x;
  if (x > -0.2928 && x < 0.4142) return logNearOne({ k: 0, f: x, correction: 0 });
  const u = 1 + x;
  const lost = x > 1 ? 1 - (u - x) : x - (u - 1);
  return logOfSum(u, lost / u);
}

/** log(u) + correction for a finite u > 0 and a correction below an ulp of log(u). */
function logOfSum(u: number, correction: number): number {
  const isSubnormal = u < 2.2250738585072014e-308;
  bits.setFloat64(0, isSubnormal ? u * lift : u);
  const head = bits.getUint32(0);
  let k = (head >>> 20) - 1023 - (isSubnormal ? 54 : 0);
  bits.setUint32(0, (head & 0xfffff) | 0x3ff00000);
  let m = bits.getFloat64(0);
  if (m > Math.SQRT2) {
    m /= 2;
    k++;
  }
  return logNearOne({ k, f: m - 1, correction });
}

/** k ln2 + log(1 + f) + correction, for f in [sqrt(1/2) - 1, sqrt(2) - 1]. */
function logNearOne(
  { k, f, correction }: { readonly k: number; readonly f: number; readonly correction: number },
): number {
  // log(1 + f) = 2 atanh(s) with s = f / (2 + f), written as f - f²/2 + s (f²/2 + rest) so that the leading term is exact.
  const s = f / (2 + f);
  const z = s * s;
  let rest = 2 / 23;
  rest = rest * z + 2 / 21;
  rest = rest * z + 2 / 19;
  rest = rest * z + 2 / 17;
  rest = rest * z + 2 / 15;
  rest = rest * z + 2 / 13;
  rest = rest * z + 2 / 11;
  rest = rest * z + 2 / 9;
  rest = rest * z + 2 / 7;
  rest = rest * z + 2 / 5;
  rest = rest * z + 2 / 3;
  rest *= z;
  const half = 0.5 * f * f;
  const big = k * ln2Hi;
  const sum = big + f;
  const lost = k === 0 ? 0 : f - (sum - big);
  return sum + (lost - (half - (s * (half + rest) + (k * ln2Lo + correction))));
}
