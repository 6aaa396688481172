import { same } from "../../../core/util/same.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("util/same");

test("same compares plain values in depth, whatever the order of keys", () => {
  assert.is(same({ a: [1, { b: null }], c: "x" }, { c: "x", a: [1, { b: null }] }), true);
  assert.is(same({ a: 1, b: undefined }, { a: 1 }), true);
  const different: readonly (readonly [unknown, unknown])[] = [
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, c: 1 }, { a: 1, b: 1 }],
    [[1, 2], [2, 1]],
    [[1], [1, 2]],
    [[], {}],
    [null, {}],
    [0, "0"],
    [{ a: null }, {}],
  ];
  for (const [a, b] of different) assert.equal([same(a, b), same(b, a)], [false, false], JSON.stringify([a, b]));
});
