import type { AnswerTo } from "../answers.ts";

type Point = NonNullable<AnswerTo<"tree">["root"]>;
type Branch = Point["branches"][number];

/** A branch with its place in the drawing. */
export interface Placed {
  readonly branch: Branch;
  readonly above: Placed | undefined;
  /** Decision that it was proposed at. */
  readonly decision: number;
  readonly depth: number;
  /** What was tried behind it, in order. */
  readonly below: readonly Placed[];
  /** Row of its middle; leaves have whole ones. */
  readonly row: number;
}

/** A tree with the place of every branch. */
export interface TreeLayout {
  readonly placed: readonly Placed[];
  readonly rows: number;
  readonly columns: number;
}

/** Gives rows to all leaves; what has branches below stands in the middle of them. */
export function layoutOf(root: Point | undefined): TreeLayout {
  const placed: Placed[] = [];
  let rows = 0;
  let deepest = 0;
  const visit = (point: Point, depth: number, above: Placed | undefined): readonly Placed[] => {
    deepest = Math.max(deepest, depth);
    return point.branches.map((branch) => {
      const own: { -readonly [K in keyof Placed]: Placed[K] } = {
        branch,
        above,
        decision: point.decision,
        depth,
        below: [],
        row: 0,
      };
      placed.push(own);
      const first = rows;
      if (branch.below) own.below = visit(branch.below, depth + 1, own);
      own.row = rows === first ? rows++ : (first + rows - 1) / 2;
      return own;
    });
  };
  if (root) visit(root, 0, undefined);
  return { placed, rows, columns: deepest + 1 };
}

/** Rows from one to another, both included. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** What a window onto some rows shows: the branches in it, and the edges that cross it. */
export function inRows(placed: readonly Placed[], { from, to }: RowRange) {
  const knots = placed.filter(({ row }) => row >= from && row <= to);
  const edges = placed.filter(({ row, above }) => {
    const start = above?.row ?? row;
    return Math.max(row, start) >= from && Math.min(row, start) <= to;
  });
  return { knots, edges };
}

/** Where an arrow key leads: up and down in a column, left to what is above, right to the best of what is below. */
export function neighbour({ placed }: TreeLayout, at: Placed, key: string): Placed | undefined {
  if (key === "ArrowLeft") return at.above;
  if (key === "ArrowRight") {
    return at.below.find(({ branch }) => branch.isBest) ??
      at.below.reduce<Placed | undefined>(
        (most, p) => p.branch.visits > (most?.branch.visits ?? -1) ? p : most,
        undefined,
      );
  }
  if (key !== "ArrowUp" && key !== "ArrowDown") return undefined;
  const column = placed.filter(({ depth }) => depth === at.depth);
  return column[column.indexOf(at) + (key === "ArrowUp" ? -1 : 1)];
}
