import { median, medianInterval } from "../../bench/overhead/paired.ts";
import { keyedRng } from "../../core/stats/rng.ts";
import { assert, suite } from "../harness.ts";

const test = suite("bench/overhead");

test("median is the middle value, or the mean of the two in the middle", () => {
  assert.equal([median([3, 1, 2]), median([4, 1, 3, 2]), median([7])], [2, 2.5, 7]);
});

test("medianInterval lies around the median, narrower for more pairs, and is the value where all are equal", () => {
  assert.equal(medianInterval([2, 2, 2]), { median: 2, ci95: [2, 2] });
  const rng = keyedRng("pairs");
  const around = (count: number) => medianInterval(Array.from({ length: count }, () => 5 + rng.next() - 0.5));
  const [few, many] = [around(7), around(300)];
  for (const { median, ci95: [low, high] } of [few, many]) assert.ok(low <= median && median <= high && high - low > 0);
  const width = ({ ci95: [low, high] }: typeof few) => high - low;
  assert.ok(width(many) < width(few) / 2, `${width(many)} of ${width(few)}`);
  assert.ok(Math.abs(many.median - 5) < 0.1);
});
