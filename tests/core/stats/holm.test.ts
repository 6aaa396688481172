import { holm } from "../../../core/stats/holm.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("stats/holm");

test("holm multiplies the smallest p by all, the next by one less, and never lets a larger one fall below", () => {
  // Sorted 0.125·3 = 0.375, 0.1875·2 = 0.375, 0.25·1 = 0.25, raised to 0.375.
  assert.equal(holm([0.25, 0.125, 0.1875]), [0.375, 0.375, 0.375]);
  assert.equal(holm([0.5, 0.0625]), [0.5, 0.125]);
  assert.equal(holm([0.75, 0.75]), [1, 1]);
  assert.equal(holm([]), []);
});
