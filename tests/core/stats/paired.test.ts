import { mcnemar } from "../../../core/stats/mcnemar.ts";
import { newcombe } from "../../../core/stats/newcombe.ts";
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
  assert.equal(ci95, newcombe(c.table!));
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
  assert.equal([same.p, same.delta, same.flipped], [1, 0, []]);
  assert.ok(same.ci95[1] > 0 && same.ci95[0] === -same.ci95[1], `${same.ci95}`);
});

test("comparePaired says that there are too few tasks when not even all of them would do", () => {
  // 1/2⁴ = 0.0625 by mid-p, 2/2⁵ = 0.0625 by permutation.
  const four = comparePaired(table({ both: 0, aOnly: 0, bOnly: 4, neither: 0 }), { seed: 0 });
  assert.equal([four.p, four.verdict], [0.0625, "too few tasks to show a difference (5 at least)"]);
  assert.is(comparePaired(table({ both: 0, aOnly: 0, bOnly: 5, neither: 0 }), { seed: 0 }).verdict, "B better");
  const rewards = ["u", "v", "w", "x", "y"].map((key, i) => ({ key, a: [0], b: [0.5 + i] }));
  assert.is(comparePaired(rewards, { seed: 0 }).verdict, "too few tasks to show a difference (6 at least)");
});

test("newcombe joins two Wilson intervals by how the arms agree", () => {
  // Arms that agree no more than by chance (0 · 20 − 4 · 0 = 0): the two spreads add up as squares.
  const [low, high] = newcombe({ both: 0, a_only: 4, b_only: 0, neither: 20 });
  const a = wilson(4, 24), none = wilson(0, 24);
  assert.ok(Math.abs(low - (-4 / 24 - Math.hypot(0 - none[0], a[1] - 4 / 24))) < 1e-12, `${low}`);
  assert.ok(Math.abs(high - (-4 / 24 + Math.hypot(none[1] - 0, 4 / 24 - a[0]))) < 1e-12, `${high}`);
  assert.ok(low < 0 && high > 0, "4 of 24 in one direction, p = 0.0625, is not shown");
  // 10 · 10 − 5 · 5 = 75, less 30 / 2 = 60, over 15² = 225: phi = 4 / 15. Both spreads are those of 15 of 30.
  const [from, to] = newcombe({ both: 10, a_only: 5, b_only: 5, neither: 10 });
  const half = 0.5 - wilson(15, 30)[0];
  assert.ok(Math.abs(to - half * Math.sqrt(2 - 8 / 15)) < 1e-12 && from === -to, `${from} ${to}`);
  // All tasks agree, and the interval still says how few they are.
  const [certain] = newcombe({ both: 0, a_only: 0, b_only: 4, neither: 0 });
  assert.ok(certain > 0.3 && certain < 0.31, `${certain}`);
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
