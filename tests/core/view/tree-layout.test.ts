import { inRows, layoutOf, neighbour } from "../../../core/view/app/tree-layout.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("view/tree-layout");

type Point = NonNullable<Parameters<typeof layoutOf>[0]>;
type Branch = Point["branches"][number];

let decisions = 0;
const point = (...branches: readonly Branch[]): Point => ({ decision: decisions++, branches, untried: 0 });
const branch = (said: string, o: Partial<Branch> = {}): Branch => ({ said, isBest: false, visits: 1, ...o });

//       row 0  a-x
// a  ── row 1  a-y        a stands at (0 + 1) / 2
// b  ── row 2  (a leaf)
// c  ── row 3  c-z        c stands at row 3 itself
const root = point(
  branch("a", { below: point(branch("a-x"), branch("a-y", { visits: 5 })) }),
  branch("b"),
  branch("c", { below: point(branch("c-z", { isBest: true })) }),
);
const layout = layoutOf(root);
const named = (said: string) => layout.placed.find((p) => p.branch.said === said)!;

test("layoutOf gives each leaf a row and puts what has branches in the middle of them", () => {
  const rows = Object.fromEntries(layout.placed.map(({ branch, row, depth }) => [branch.said, [depth, row]]));
  assert.equal(rows, { a: [0, 0.5], "a-x": [1, 0], "a-y": [1, 1], b: [0, 2], c: [0, 3], "c-z": [1, 3] });
  assert.equal([layout.rows, layout.columns], [4, 2]);
  assert.equal(layoutOf(undefined), { placed: [], rows: 0, columns: 1 });
});

test("inRows finds what a window shows and the edges that cross it", () => {
  const saidIn = (from: number, to: number) => {
    const { knots, edges } = inRows(layout.placed, { from, to });
    return [knots.map((p) => p.branch.said), edges.map((p) => p.branch.said)];
  };
  assert.equal(saidIn(0.6, 0.9), [[], ["a-y"]], "the edge from a to a-y crosses");
  assert.equal(saidIn(2, 3), [["b", "c", "c-z"], ["b", "c", "c-z"]]);
  assert.is(saidIn(-10, 10)[0]!.length, 6);
});

test("neighbour follows the arrow keys and stays at the border", () => {
  const to = (from: string, key: string) => neighbour(layout, named(from), `Arrow${key}`)?.branch.said;
  assert.equal([to("a", "Down"), to("b", "Up"), to("a-y", "Down"), to("a", "Up")], ["b", "a", "c-z", undefined]);
  assert.equal([to("a-x", "Left"), to("a", "Left"), to("b", "Right")], ["a", undefined, undefined]);
  assert.equal([to("a", "Right"), to("c", "Right")], ["a-y", "c-z"], "the most visited, the best path");
  assert.is(neighbour(layout, named("a"), "Enter"), undefined);
});
