import { endOf, figure, percent, percents } from "../../../core/view/app/words.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("view/words");

test("a rate keeps its unit in one line, an interval says it once", () => {
  assert.is(percent(0.953), "95.3\u00a0%");
  assert.equal([percent(0), percent(1)], ["0\u00a0%", "100\u00a0%"]);
  assert.is(percents([0.871, 0.984]), "87.1 to 98.4\u00a0%");
});

test("endOf says why an episode ended, a name that it does not know in its words", () => {
  assert.is(endOf("declared"), "the policy said that it was done");
  assert.equal([endOf("power_cut"), endOf("constructor")], ["power cut", "constructor"]);
});

test("figure writes about four digits of any size", () => {
  assert.equal([0, 0.25, 12.345, 123.45, 12345, 1e-5].map(figure), ["0", "0.250", "12.35", "123.5", "12345", "1.0e-5"]);
});
