import { exp, log, log1p } from "../../../core/stats/exact.ts";
import { keyedRng } from "../../../core/stats/rng.ts";
import { sha256 } from "../../../core/util/sha256.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("stats/exact");
const view = new DataView(new ArrayBuffer(8));

function bitsOf(x: number): bigint {
  view.setFloat64(0, x);
  return view.getBigInt64(0);
}

/** Distance in units of the last place, for numbers of one sign. */
const ulps = (a: number, b: number): number => Math.abs(Number(bitsOf(a) - bitsOf(b)));

test("exp, log and log1p have the right edge cases", () => {
  const cases: readonly [(x: number) => number, number, number][] = [
    [exp, 0, 1],
    [exp, -0, 1],
    [exp, Infinity, Infinity],
    [exp, -Infinity, 0],
    [exp, NaN, NaN],
    [exp, 709.782712893384, 1.7976931348622732e308],
    [exp, 709.7827128933841, Infinity],
    [exp, -745.1332191019411, 5e-324],
    [exp, -745.1332191019412, 0],
    [exp, 1e-20, 1],
    [log, 1, 0],
    [log, 0, -Infinity],
    [log, -0, -Infinity],
    [log, -1, NaN],
    [log, -Infinity, NaN],
    [log, Infinity, Infinity],
    [log, NaN, NaN],
    [log, 5e-324, -744.4400719213812],
    [log, Number.MAX_VALUE, 709.782712893384],
    [log1p, 0, 0],
    [log1p, -0, -0],
    [log1p, -1, -Infinity],
    [log1p, -1.5, NaN],
    [log1p, Infinity, Infinity],
    [log1p, NaN, NaN],
    [log1p, 1e-300, 1e-300],
    [log1p, 5e-324, 5e-324],
  ];
  for (const [f, x, y] of cases) assert.ok(Object.is(f(x), y), `${f.name}(${x}) is ${f(x)}, expected ${y}`);
});

test("exp, log and log1p equal correctly rounded values", () => {
  // Computed with 40 decimal digits and rounded to the nearest double.
  const cases: readonly [(x: number) => number, number, number][] = [
    [exp, 1, 2.718281828459045],
    [exp, -1, 0.36787944117144233],
    [exp, 0.5, 1.6487212707001282],
    [exp, 10, 22026.465794806718],
    [exp, -30, 9.357622968840175e-14],
    [exp, 700, 1.0142320547350045e304],
    [log, 2, 0.6931471805599453],
    [log, 10, 2.302585092994046],
    [log, 0.1, -2.3025850929940455],
    [log, 1.0000000000000002, 2.2204460492503128e-16],
    [log, 1e300, 690.7755278982137],
    [log1p, 1e-10, 9.999999999500001e-11],
    [log1p, 1, 0.6931471805599453],
    [log1p, -0.5, -0.6931471805599453],
  ];
  for (const [f, x, y] of cases) assert.ok(ulps(f(x), y) <= 1, `${f.name}(${x}) is ${f(x)}, expected ${y}`);
});

test("exp, log and log1p stay within 2 units of the engine's own functions on the whole range", () => {
  const rng = keyedRng("exact");
  for (let i = 0; i < 40_000; i++) {
    const x = (rng.next() * 2 - 1) * [1, 20, 708][i % 3]!;
    assert.ok(ulps(exp(x), Math.exp(x)) <= 2, `exp(${x})`);
    view.setUint32(0, rng.int(0x7ff00000));
    view.setUint32(4, rng.int(0x100000000));
    const any = view.getFloat64(0);
    const y = i % 2 === 0 ? any : 0.2 + 3 * rng.next();
    assert.ok(ulps(log(y), Math.log(y)) <= 2, `log(${y})`);
    const z = i % 2 === 0 ? (rng.next() * 2 - 1) * 0.999 : any;
    assert.ok(ulps(log1p(z), Math.log1p(z)) <= 2, `log1p(${z})`);
  }
});

test("exp, log and log1p give the same bits on every runtime", () => {
  const rng = keyedRng("bits");
  const bits: string[] = [];
  for (let i = 0; i < 3000; i++) {
    const u = rng.next();
    bits.push(
      ...[exp((u - 0.5) * 1500), exp(u), log(u), log(u * 1e300), log1p(u - 0.5), log1p(u * 1e-9)].map((x) =>
        bitsOf(x).toString(16)
      ),
    );
  }
  assert.is(sha256(bits.join()), "0387d4ea7be9bb9ff6258277ddd4351c607eca72d7365918366a1ea0e11ae220");
});
