import { mcnemar } from "../../../core/stats/mcnemar.ts";
import { comparePaired, type Pair } from "../../../core/stats/paired.ts";
import { wilson } from "../../../core/stats/wilson.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("stats/paired");

/** A 2×2 table as one-trial pairs. */
function table(t: { both: number; aOnly: number; bOnly: number; neither: number }): Pair[] {
  const rows = [
    ...new Array(t.both).fill([1, 1]),
    ...new Array(t.aOnly).fill([1, 0]),
    ...new Array(t.bOnly).fill([0, 1]),
    ...new Array(t.neither).fill([0, 0]),
  ];
  return rows.map(([a, b], i) => ({ key: `t${String(i).padStart(2, "0")}`, a: [a], b: [b] }));
}

test("comparePaired reports a whole 2×2 comparison", () => {
  const pairs = table({ both: 5, aOnly: 1, bOnly: 7, neither: 7 });
  const c = comparePaired(pairs, { seed: 0 });
  const { ci95, detectable, ...rest } = c;
  assert.equal(rest, {
    n: 20,
    a: { rate: 0.3, ci95: wilson(6, 20) },
    b: { rate: 0.6, ci95: wilson(12, 20) },
    delta: 0.3,
    p: mcnemar(1, 7).midP,
    test: "mcnemar mid-p",
    p_exact: mcnemar(1, 7).exact,
    table: { both: 5, a_only: 1, b_only: 7, neither: 7 },
    flipped: [
      { key: "t05", a: 1, b: 0 },
      ...["t06", "t07", "t08", "t09", "t10", "t11", "t12"].map((key) => ({ key, a: 0, b: 1 })),
    ],
    verdict: "B better",
  });
  // Mean 0.3, spread sqrt(8/20 - 0.09) / sqrt(20) = 0.1245: about 0.3 ± 0.244.
  assert.ok(Math.abs(ci95[0] - 0.05) < 0.011 && Math.abs(ci95[1] - 0.55) < 0.011, `${ci95}`);
  assert.ok(detectable > 0.3 && detectable < 0.5, `${detectable}`);
});

test("comparePaired does not depend on the order of the tasks", () => {
  const pairs = table({ both: 3, aOnly: 2, bOnly: 4, neither: 3 });
  assert.equal(comparePaired([...pairs].reverse(), { seed: 7 }), comparePaired(pairs, { seed: 7 }));
});

test("comparePaired mirrors when the arms are exchanged", () => {
  const pairs = table({ both: 3, aOnly: 0, bOnly: 8, neither: 3 });
  const mirrored = comparePaired(pairs.map(({ key, a, b }) => ({ key, a: b, b: a })), { seed: 0 });
  const c = comparePaired(pairs, { seed: 0 });
  assert.is(mirrored.verdict, "A better");
  assert.equal([mirrored.p, mirrored.delta, mirrored.a.rate], [c.p, -c.delta, c.b.rate]);
});

test("comparePaired says what it could have seen when nothing is shown", () => {
  const c = comparePaired(table({ both: 4, aOnly: 2, bOnly: 3, neither: 3 }), { seed: 0 });
  assert.is(c.verdict, `no difference shown (could have seen >= ${Math.ceil(c.detectable * 100)} points)`);
  const same = comparePaired(table({ both: 8, aOnly: 0, bOnly: 0, neither: 4 }), { seed: 0 });
  assert.equal([same.p, same.delta, same.ci95, same.flipped], [1, 0, [0, 0], []]);
});

test("comparePaired calls arms equivalent when the interval lies inside the margin", () => {
  const pairs = table({ both: 190, aOnly: 1, bOnly: 1, neither: 8 });
  assert.is(comparePaired(pairs, { seed: 0, margin: 0.05 }).verdict, "equivalent within ±5 points");
});

test("comparePaired permutes task means when there are several trials or rewards", () => {
  const pairs: Pair[] = [
    { key: "x", a: [0, 0], b: [1, 1] },
    { key: "y", a: [0, 1], b: [1, 1] },
    { key: "z", a: [0, 0, 1, 1], b: [1, 0] },
  ];
  const c = comparePaired(pairs, { seed: 0 });
  // Differences 1, 0.5, 0: patterns of (1, 0.5) with |sum| >= 1.5 are ++ and --: 2 / 4.
  assert.equal([c.test, c.p, c.delta, c.a.rate, c.b.rate], ["sign-flip permutation", 0.5, 0.5, 1 / 3, 2.5 / 3]);
  assert.equal(c.flipped, [{ key: "x", a: 0, b: 1 }, { key: "y", a: 0.5, b: 1 }]);
  assert.equal([c.table, c.p_exact], [undefined, undefined]);
});

test("comparePaired refuses a task without a trial", async () => {
  const e = await thrownBy(() => comparePaired([{ key: "x", a: [1], b: [] }], { seed: 0 }));
  assert.is((e as Error).message, `task "x" needs at least one trial in both arms`);
});
