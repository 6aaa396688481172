import { useMemo, useState } from "preact/hooks";
import type { AnswerTo } from "../answers.ts";
import { toGroup } from "./links.ts";
import { PageFigure } from "./page-figure.tsx";
import { Tile, Waiting } from "./parts.tsx";
import { useAnswer } from "./state.ts";
import { plural, words } from "./words.ts";

type Tree = AnswerTo<"tree">;
type Point = NonNullable<Tree["root"]>;
type Branch = Point["branches"][number];

/** A branch with its place in the drawing. */
interface Placed {
  readonly branch: Branch;
  readonly above: Placed | undefined;
  /** Decision that it was proposed at. */
  readonly decision: number;
  readonly depth: number;
  /** Row of its middle; leaves have whole ones. */
  row: number;
}

const rowPx = 20;
const columnPx = 190;

/** A search tree: every action that was tried, its visits and values, the best path drawn strong. */
export function TreePage({ run, id }: { readonly run: string; readonly id: string }) {
  const asked = useAnswer("tree", { run, id });
  return <Waiting asked={asked}>{(tree) => <Shown key={tree.id} run={run} tree={tree} />}</Waiting>;
}

function Shown({ run, tree }: { readonly run: string; readonly tree: Tree }) {
  const { placed, rows, depth } = useMemo(() => place(tree.root), [tree]);
  const [chosen, setChosen] = useState<Placed>();
  const at = chosen ?? placed.find(({ branch }) => branch.isBest);
  return (
    <>
      <div class="head">
        <h1>Tree {tree.id}</h1>
        <span class="grow" />
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
        <div class="treebox">
          <svg
            width={(depth + 1) * columnPx + 40}
            height={Math.max(1, rows) * rowPx + 20}
            role="img"
            aria-label="The tree"
          >
            {placed.map((p, i) => <Edge key={i} p={p} />)}
            {placed.map((p, i) => <Knot key={i} p={p} isChosen={p === at} choose={() => setChosen(p)} />)}
          </svg>
        </div>
        <div class="treeside">{at && <Details run={run} tree={tree} p={at} />}</div>
      </div>
    </>
  );
}

/** Rows for all leaves; what has branches below stands in the middle of them. */
function place(
  root: Point | undefined,
): { readonly placed: readonly Placed[]; readonly rows: number; readonly depth: number } {
  const placed: Placed[] = [];
  let rows = 0;
  let deepest = 0;
  const visit = (point: Point, depth: number, above: Placed | undefined): void => {
    deepest = Math.max(deepest, depth);
    for (const branch of point.branches) {
      const own: Placed = { branch, above, decision: point.decision, depth, row: 0 };
      placed.push(own);
      const first = rows;
      if (branch.below && branch.below.branches.length > 0) visit(branch.below, depth + 1, own);
      own.row = rows === first ? rows++ : (first + rows - 1) / 2;
    }
  };
  if (root) visit(root, 0, undefined);
  return { placed, rows, depth: deepest + 1 };
}

const xOf = (depth: number): number => 16 + (depth + 1) * columnPx - columnPx / 2;
const yOf = (row: number): number => 16 + row * rowPx;

function Edge({ p }: { readonly p: Placed }) {
  const [x1, y1] = p.above ? [xOf(p.above.depth), yOf(p.above.row)] : [16, yOf(p.row)];
  const [x2, y2] = [xOf(p.depth), yOf(p.row)];
  const bend = (x1 + x2) / 2;
  return (
    <path class={p.branch.isBest ? "edge best" : "edge"} d={`M${x1},${y1} C${bend},${y1} ${bend},${y2} ${x2},${y2}`} />
  );
}

function Knot(
  { p, isChosen, choose }: { readonly p: Placed; readonly isChosen: boolean; readonly choose: () => void },
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
    <g class={`knot ${kind}${isChosen ? " on" : ""}`} onClick={choose} data-visits={branch.visits}>
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
