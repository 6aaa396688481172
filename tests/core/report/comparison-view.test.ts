import { flippedLines } from "../../../core/cli/report/flipped-lines.ts";
import type { Comparison } from "../../../core/record/events.ts";
import { comparisonView, familyOf } from "../../../core/report/comparison-view.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("report/comparison-view");

/** So many tasks of a family, gained or lost. */
const flips = (family: string, count: number, [a, b]: readonly [number, number]): Comparison["flipped"] =>
  Array.from({ length: count }, (_, i) => {
    const key = `mail/${family}/eval/${i}@1`;
    return { key, a, b, episodes_a: [`before/${key}#0`], episodes_b: [`after/${key}#0`] };
  });
const comparison = (flipped: Comparison["flipped"]) =>
  ({ label_a: "r:before", label_b: "r:after", verdict: "B better", run_a: "/r", run_b: "/r", flipped }) as Comparison;

test("comparisonView groups flipped tasks by family, families that lost first", () => {
  const view = comparisonView(comparison([...flips("star", 3, [0, 1]), ...flips("reply", 1, [1, 0])]));
  assert.equal([view.verdict, view.gained, view.lost], ["r:after is better", 3, 1]);
  assert.equal(view.families.map(({ family, gained, lost }) => [family, gained, lost]), [
    ["mail/reply", 0, 1],
    ["mail/star", 3, 0],
  ]);
  assert.is(familyOf("v2.gomail-16"), "v2.gomail-16");
});

test("flippedLines prints all of a few tasks, of many a screen with the command for the rest", () => {
  const whole = "halo compare r:before r:after --all";
  const few = flippedLines(comparison(flips("star", 6, [0, 1])), { isAll: false, whole });
  assert.equal([few.length, few[0]], [18, "  mail/star/eval/0@1  0 → 1"]);
  const many = comparison([...Array(40).keys()].flatMap((i) => flips(`f${i}`, 3, i === 7 ? [1, 0] : [0, 1])));
  const shown = flippedLines(many, { isAll: false, whole });
  assert.ok(shown.length <= 22, `${shown.length} lines`);
  assert.equal(shown.slice(0, 3), [
    "flipped tasks: 117 gained, 3 lost",
    "  mail/f7             3 lost",
    "  mail/f0   3 gained",
  ]);
  assert.equal(shown.slice(-5), [
    "for example",
    "  mail/f7/eval/0@1  1 → 0",
    "    halo runs show /r --episode before/mail/f7/eval/0@1#0",
    "    halo runs show /r --episode after/mail/f7/eval/0@1#0",
    `all of them: ${whole}`,
  ]);
  assert.is(flippedLines(many, { isAll: true, whole }).length, 360);
});
