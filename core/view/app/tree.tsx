import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { AnswerTo } from "../answers.ts";
import { toGroup } from "./links.ts";
import { PageFigure } from "./page-figure.tsx";
import { Tile, Waiting } from "./parts.tsx";
import { useAnswer, useKeys } from "./state.ts";
import { inRows, layoutOf, neighbour, type Placed, type RowRange, type TreeLayout } from "./tree-layout.ts";
import { plural, words } from "./words.ts";

type Tree = AnswerTo<"tree">;
const rowPx = 20;
const columnPx = 190;
/** Rows above the first one and below the last, in pixels. */
const edgePx = 16;
/** Rows drawn beyond the window on either side: the drawing is made anew when a person has scrolled so far. */
const spareRows = 40;

/** A search tree: every action that was tried, its visits and values, the best path drawn strong. */
export function TreePage({ run, id }: { readonly run: string; readonly id: string }) {
  const asked = useAnswer("tree", { run, id });
  return <Waiting asked={asked}>{(tree) => <Shown key={tree.id} run={run} tree={tree} />}</Waiting>;
}

function Shown({ run, tree }: { readonly run: string; readonly tree: Tree }) {
  const layout = useMemo(() => layoutOf(tree.root), [tree]);
  const [chosen, setChosen] = useState<Placed>();
  const at = chosen ?? layout.placed.find(({ branch }) => branch.isBest) ?? layout.placed[0];
  return (
    <>
      <div class="head">
        <h1>Tree {tree.id}</h1>
        <span class="grow" />
        <span class="dim">arrow keys move</span>
        <a class="button" href={toGroup(run, tree.id)}>As a group</a>
      </div>
      <p class="goal big">
        {tree.goal}
        <span class="dim">{tree.taskKey}</span>
      </p>
      <div class="tiles">
        <Tile label="simulations">{tree.simulations}</Tile>
        <Tile label="points">{tree.points}</Tile>
        <Tile label="environment steps">{tree.envSteps}</Tile>
        <Tile label="first success">{tree.solvedAt === undefined ? "none" : `simulation ${tree.solvedAt}`}</Tile>
        {tree.critic && (
          <Tile label={`critic ${tree.critic.by}`} note={`${tree.critic.faults} failed`}>
            {plural(tree.critic.calls, "call")}
          </Tile>
        )}
        {tree.unreachable > 0 && <Tile label="unreachable">{tree.unreachable}</Tile>}
      </div>
      <div class="treepage">
        <Drawing layout={layout} at={at} choose={setChosen} />
        <div class="treeside">{at && <Details run={run} tree={tree} p={at} />}</div>
      </div>
    </>
  );
}

/** The tree as far as the window onto it shows: a large one has tens of thousands of branches. */
function Drawing({ layout, at, choose }: {
  readonly layout: TreeLayout;
  readonly at: Placed | undefined;
  readonly choose: (p: Placed) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState<RowRange>({ from: 0, to: 2 * spareRows });
  const look = () => {
    const { scrollTop, clientHeight } = box.current!;
    const first = Math.floor(scrollTop / rowPx / spareRows) * spareRows;
    const from = first - spareRows;
    const to = first + Math.ceil(clientHeight / rowPx) + 2 * spareRows;
    setRange((known) => known.from === from && known.to === to ? known : { from, to });
  };
  const show = (p: Placed) => {
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = box.current!;
    const [x, y] = [xOf(p.depth), yOf(p.row)];
    const isInHeight = y > scrollTop + rowPx && y < scrollTop + clientHeight - rowPx;
    const isInWidth = x > scrollLeft && x < scrollLeft + clientWidth - columnPx / 2;
    if (!isInHeight) box.current!.scrollTop = y - clientHeight / 2;
    if (!isInWidth) box.current!.scrollLeft = x - clientWidth / 2;
    look();
  };
  useLayoutEffect(() => {
    if (at) show(at);
    const observer = new ResizeObserver(look);
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, [layout]);
  useKeys((key) => {
    const next = at && neighbour(layout, at, key);
    if (!next) return false;
    choose(next);
    show(next);
    return true;
  });
  const { knots, edges } = useMemo(() => inRows(layout.placed, range), [layout, range]);
  return (
    <div class="treebox" ref={box} onScroll={look}>
      <svg
        width={layout.columns * columnPx + 40}
        height={Math.max(1, layout.rows) * rowPx + edgePx}
        role="img"
        aria-label={`The tree: ${plural(layout.placed.length, "action")} tried`}
      >
        {edges.map((p) => <Edge key={keyOf(p)} p={p} />)}
        {knots.map((p) => <Knot key={keyOf(p)} p={p} isChosen={p === at} choose={choose} />)}
      </svg>
    </div>
  );
}

const xOf = (depth: number): number => 16 + (depth + 1) * columnPx - columnPx / 2;
const yOf = (row: number): number => edgePx + row * rowPx;
/** Depth and row are one branch's own. */
const keyOf = ({ depth, row }: Placed): string => `${depth} ${row}`;

function Edge({ p }: { readonly p: Placed }) {
  const [x1, y1] = p.above ? [xOf(p.above.depth), yOf(p.above.row)] : [16, yOf(p.row)];
  const [x2, y2] = [xOf(p.depth), yOf(p.row)];
  const bend = (x1 + x2) / 2;
  return (
    <path class={p.branch.isBest ? "edge best" : "edge"} d={`M${x1},${y1} C${bend},${y1} ${bend},${y2} ${x2},${y2}`} />
  );
}

function Knot(
  { p, isChosen, choose }: { readonly p: Placed; readonly isChosen: boolean; readonly choose: (p: Placed) => void },
) {
  const { branch } = p;
  const r = 3.5 + Math.min(5, Math.sqrt(branch.visits));
  const kind = branch.unreachable !== undefined
    ? "lost"
    : branch.end === "solved"
    ? "solved"
    : branch.end !== undefined
    ? "failed"
    : "";
  return (
    <g class={`knot ${kind}${isChosen ? " on" : ""}`} onClick={() => choose(p)} data-visits={branch.visits}>
      <circle cx={xOf(p.depth)} cy={yOf(p.row)} r={r} style={{ "--rate": String(branch.mcts ?? 0) }} />
      <text x={xOf(p.depth) + r + 4} y={yOf(p.row) + 4}>{short(branch.said)}</text>
      <title>{`${branch.said}\nN ${branch.visits}  Q ${branch.mcts?.toFixed(3) ?? "–"}`}</title>
    </g>
  );
}

const short = (text: string): string => text.length > 22 ? `${text.slice(0, 21)}…` : text;

function Details({ run, tree, p }: { readonly run: string; readonly tree: Tree; readonly p: Placed }) {
  const { branch } = p;
  const point = tree.points_of[branch.below?.decision ?? p.decision];
  const rows: readonly (readonly [string, string])[] = [
    ["visits N", String(branch.visits)],
    ["value Q", branch.mcts?.toFixed(3) ?? "–"],
    ["critic Q", branch.critic?.toFixed(3) ?? "–"],
    ["prior", branch.logprob === undefined ? "–" : Math.exp(branch.logprob).toFixed(3)],
    ["ended", branch.end === undefined ? "no" : words(branch.end)],
  ];
  return (
    <>
      <code class="said block">{branch.said}</code>
      <table class="facts">
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <td class="dim">{name}</td>
              <td class="num">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {branch.unreachable !== undefined && <p class="bad">unreachable: {branch.unreachable}</p>}
      {branch.uncounted !== undefined && (
        <p class="dim">
          {branch.uncounted === "no_value"
            ? "no value: the rollout or the critic failed"
            : "not followed: the tree has this page"}
        </p>
      )}
      {point !== undefined && (
        <PointPage key={point} run={run} of={tree.slot} point={point} title={branch.below ? "Led to" : "Tried at"} />
      )}
    </>
  );
}

function PointPage(
  { run, of, point, title }: {
    readonly run: string;
    readonly of: string;
    readonly point: string;
    readonly title: string;
  },
) {
  const asked = useAnswer("page", { run, of, point });
  return (
    <Waiting asked={asked}>
      {(page) =>
        page && (
          <>
            <p class="dim">{title} {page.title}</p>
            <PageFigure run={run} of={of} page={page} isPlain />
          </>
        )}
    </Waiting>
  );
}
