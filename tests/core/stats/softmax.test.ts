import { logSoftmax, logSumExp, softmax } from "../../../core/stats/softmax.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("stats/softmax");
const near = (a: number, b: number, tolerance = 1e-15) => assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

test("softmax does not overflow and sums to 1", () => {
  // exp(0) : exp(-1) = 1 : 0.36787944…, so 1 / 1.36787944… = 0.7310585786300049.
  const [a, b] = softmax([1001, 1000]);
  near(a!, 0.7310585786300049);
  near(b!, 0.2689414213699951);
  near(a! + b!, 1);
  assert.equal([...softmax([5])], [1]);
});

test("softmax gives nothing to -Infinity and divides by the temperature", () => {
  assert.equal([...softmax([0, -Infinity, 0])], [0.5, 0, 0.5]);
  assert.equal([...softmax([0, 2], 2)], [...softmax([0, 1])]);
});

test("softmax throws when no logit is finite", async () => {
  const message = async (logits: number[]) => (await thrownBy(() => softmax(logits)) as Error).message;
  assert.is(await message([]), "softmax needs a finite largest logit, got -Infinity of 0");
  assert.is(await message([-Infinity]), "softmax needs a finite largest logit, got -Infinity of 1");
  assert.is(await message([1, NaN]), "softmax needs a finite largest logit, got NaN of 2");
});

test("logSoftmax is the logarithm of softmax, also where that is 0", () => {
  const [a, b] = logSoftmax([0, -2000]);
  near(a!, 0);
  near(b!, -2000);
});

test("logSumExp handles large, equal and absent values", () => {
  near(logSumExp([1000, 1000]), 1000 + 0.6931471805599453, 1e-12);
  assert.is(logSumExp([]), -Infinity);
  assert.is(logSumExp([-Infinity, -Infinity]), -Infinity);
  assert.is(logSumExp([1, Infinity]), Infinity);
  assert.ok(Number.isNaN(logSumExp([1, NaN])));
});
