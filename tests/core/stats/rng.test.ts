import { keyedRng } from "../../../core/stats/rng.ts";
import { categorical, gumbel, pick, shuffle } from "../../../core/stats/sampling.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("stats/rng");
const first = (...keys: (string | number)[]) => keyedRng(...keys).next();

test("keyedRng gives equal numbers for equal keys and the recorded ones on every runtime", () => {
  const rng = keyedRng("run", 42);
  const recorded = [0.2854677948186647, 0.482731977245081, 0.13706295181005845];
  assert.equal([rng.next(), rng.next(), rng.next()], recorded);
  assert.equal(first("run", 42), recorded[0]);
});

test("keyedRng tells apart keys that look alike", () => {
  const firsts = [
    first(),
    first(""),
    first("", ""),
    first("ab"),
    first("a", "b"),
    first("b", "a"),
    first("a\0b"),
    first("1"),
    first(1),
    first(-1),
    first(1.5),
    first(2 ** 32 + 1),
    first("\ud800"),
    first("a\0"),
    first("a"),
  ];
  assert.is(new Set(firsts).size, firsts.length);
  assert.is(first(-0), first(0));
});

test("derive depends on the keys and not on how often next was called", () => {
  const used = keyedRng("a");
  used.next();
  used.int(10);
  assert.is(used.derive("b", 3).next(), keyedRng("a").derive("b", 3).next());
  assert.is(keyedRng("a").derive("b").next(), first("a", "b"));
  assert.is.not(keyedRng("a").derive().derive("b").next(), keyedRng("a").next());
});

test("next and int are uniform", () => {
  const rng = keyedRng("uniform");
  const n = 60_000;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const x = rng.next();
    assert.ok(x >= 0 && x < 1);
    sum += x;
  }
  // Standard error of the mean: sqrt(1/12/n) = 0.0012.
  assert.ok(Math.abs(sum / n - 0.5) < 0.006);
  const counts = new Array(6).fill(0);
  for (let i = 0; i < n; i++) counts[rng.int(6)]++;
  // Chi-square with 5 degrees of freedom: 20.5 is its 99.9 % quantile.
  const chi = counts.reduce((total, c) => total + (c - n / 6) ** 2 / (n / 6), 0);
  assert.ok(chi < 20.5, `chi-square ${chi}`);
});

test("first numbers of consecutive keys are independent", () => {
  const n = 20_000;
  const xs = Array.from({ length: n }, (_, i) => first("episode", i));
  const bins = new Array(64).fill(0);
  for (let i = 1; i < n; i++) bins[Math.floor(xs[i - 1]! * 8) * 8 + Math.floor(xs[i]! * 8)]++;
  const expected = (n - 1) / 64;
  // Chi-square with 63 degrees of freedom: 104 is its 99.9 % quantile.
  const chi = bins.reduce((total, c) => total + (c - expected) ** 2 / expected, 0);
  assert.ok(chi < 104, `chi-square ${chi}`);
});

test("int covers its whole range and refuses what is no count", async () => {
  const rng = keyedRng("range");
  assert.is(rng.int(1), 0);
  for (const n of [2, 3, 2 ** 31, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER]) {
    for (let i = 0; i < 50; i++) {
      const x = rng.int(n);
      assert.ok(Number.isInteger(x) && x >= 0 && x < n);
    }
  }
  for (const n of [0, -1, 1.5, NaN]) {
    const e = await thrownBy(() => rng.int(n));
    assert.is((e as Error).message, `int(n) needs an integer n >= 1, got ${n}`);
  }
});

test("shuffle gives every order equally often and leaves its input alone", () => {
  const rng = keyedRng("shuffle");
  const items = Object.freeze(["a", "b", "c"]);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = shuffle(rng, items).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal([...counts.keys()].sort(), ["abc", "acb", "bac", "bca", "cab", "cba"]);
  for (const count of counts.values()) assert.ok(Math.abs(count - 1000) < 150, `${count}`);
});

test("pick, categorical and gumbel follow their distributions", () => {
  const rng = keyedRng("draws");
  const n = 30_000;
  const counts = [0, 0, 0];
  for (let i = 0; i < n; i++) counts[categorical(rng, [1, 0, 3])]!++;
  assert.is(counts[1], 0);
  assert.ok(Math.abs(counts[0]! / n - 0.25) < 0.01);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += gumbel(rng);
  // Mean of a standard Gumbel: Euler's constant; standard error 1.28 / sqrt(n) = 0.0074.
  assert.ok(Math.abs(sum / n - 0.5772) < 0.03, `${sum / n}`);
  assert.ok(["x", "y"].includes(pick(rng, ["x", "y"])));
});
