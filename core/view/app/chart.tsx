import { useRef, useState } from "preact/hooks";
import { causeWords, metricWords } from "./metric-words.ts";
import { Explained } from "./parts.tsx";
import { useWidth } from "./state.ts";
import { figure, words } from "./words.ts";

/** One value of a curve. */
export interface Dot {
  /** Iteration. */
  readonly x: number;
  readonly y: number;
}

/** What the charts of a page share: the stretch shown, the iteration pointed at, the one chosen. */
export interface ChartLink {
  readonly range: readonly [from: number, to: number];
  readonly hovered: number | undefined;
  readonly chosen: number | undefined;
  hover(x: number | undefined): void;
  choose(x: number): void;
  /** Undefined shows all again. */
  zoom(range: readonly [number, number] | undefined): void;
}

const heightPx = 132;
const pad = { left: 44, right: 10, top: 10, bottom: 20 };

interface Frame {
  readonly width: number;
  readonly from: number;
  readonly to: number;
  /** Room for half a column at both ends. */
  readonly inset?: number;
}

const xAt = ({ width, from, to, inset = 0 }: Frame, x: number): number =>
  pad.left + inset + (to === from ? 0.5 : (x - from) / (to - from)) * (width - pad.left - pad.right - 2 * inset);

/** A curve over iterations: pointing shows the value, a click opens the iteration, dragging zooms, a double click shows all. */
export function Chart({ title, dots, link, floor }: {
  readonly title: string;
  readonly dots: readonly Dot[];
  readonly link: ChartLink;
  /** Lowest value of the scale, where the curve never goes below it. */
  readonly floor?: number;
}) {
  const [measure, width] = useWidth<HTMLDivElement>();
  const [isLog, setLog] = useState(false);
  const [from, to] = link.range;
  const frame = { width, from, to };
  const shown = dots.filter(({ x }) => x >= from && x <= to);
  const canLog = dots.every(({ y }) => y > 0);
  const scaleOf = (y: number) => isLog && canLog ? Math.log10(y) : y;
  const values = shown.map(({ y }) => scaleOf(y));
  const [low, high] = spread(values, isLog ? undefined : floor);
  const yAt = (y: number) => pad.top + (1 - (scaleOf(y) - low) / (high - low)) * (heightPx - pad.top - pad.bottom);
  const at = shown.find(({ x }) => x === (link.hovered ?? link.chosen)) ?? shown.at(-1);
  const ticks = [low, (low + high) / 2, high];
  return (
    <div class="chart" data-chart={title}>
      <div class="chart-head">
        <span class="chart-title">
          <Explained by={metricWords[title]}>{title}</Explained>
        </span>
        {at && (
          <span class="chart-value">
            {figure(at.y)}
            <span class="dim">at {at.x}</span>
          </span>
        )}
        {canLog && (
          <button
            type="button"
            class={isLog ? "log on" : "log"}
            aria-pressed={isLog}
            onClick={() => setLog(!isLog)}
          >
            log
          </button>
        )}
      </div>
      <div ref={measure} class="chart-area">
        {width > 0 && (
          <svg width={width} height={heightPx} role="img" aria-label={`${title} by iteration`}>
            {ticks.map((tick) => {
              const y = pad.top + (1 - (tick - low) / (high - low)) * (heightPx - pad.top - pad.bottom);
              return (
                <g key={tick}>
                  <line class="grid" x1={pad.left} x2={width - pad.right} y1={y} y2={y} />
                  <text class="tick" x={pad.left - 6} y={y + 4} text-anchor="end">
                    {figure(isLog && canLog ? 10 ** tick : tick)}
                  </text>
                </g>
              );
            })}
            <text class="tick" x={pad.left} y={heightPx - 4}>{from}</text>
            <text class="tick" x={width - pad.right} y={heightPx - 4} text-anchor="end">{to}</text>
            <polyline
              class="curve"
              points={shown.map(({ x, y }) => `${xAt(frame, x).toFixed(1)},${yAt(y).toFixed(1)}`).join(" ")}
            />
            {shown.length < 80 &&
              shown.map(({ x, y }) => <circle key={x} class="dot" r={2} cx={xAt(frame, x)} cy={yAt(y)} />)}
            <Pointing frame={frame} link={link} />
            {at && (link.hovered ?? link.chosen) !== undefined && (
              <circle class="dot at" r={4} cx={xAt(frame, at.x)} cy={yAt(at.y)} />
            )}
          </svg>
        )}
      </div>
    </div>
  );
}

/** Groups without gradient, by cause, one column an iteration. */
export function DeadChart({ title, columns, causes, link }: {
  readonly title: string;
  readonly columns: readonly { readonly x: number; readonly counts: Readonly<Record<string, number>> }[];
  readonly causes: readonly string[];
  readonly link: ChartLink;
}) {
  const [measure, width] = useWidth<HTMLDivElement>();
  const [from, to] = link.range;
  const bar = Math.max(1, Math.min(18, (width - pad.left - pad.right) / Math.max(1, to - from + 1) * 0.7));
  const frame = { width, from, to, inset: bar / 2 + 2 };
  const shown = columns.filter(({ x }) => x >= from && x <= to);
  const total = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, n) => sum + n, 0);
  const most = Math.max(1, ...shown.map(({ counts }) => total(counts)));
  const room = heightPx - pad.top - pad.bottom;
  const at = shown.find(({ x }) => x === (link.hovered ?? link.chosen)) ?? shown.at(-1);
  return (
    <div class="chart" data-chart={title}>
      <div class="chart-head">
        <span class="chart-title">
          <Explained by={metricWords[title]}>{title}</Explained>
        </span>
        <span class="legend">
          {causes.map((cause, i) => (
            <span key={cause}>
              <i class={`cause cause-${i}`} />
              <Explained by={causeWords[cause]}>{words(cause)}</Explained> {at?.counts[cause] ?? 0}
            </span>
          ))}
          {at && causes.length > 0 && <span>at {at.x}</span>}
        </span>
      </div>
      <div ref={measure} class="chart-area">
        {width > 0 && (
          <svg width={width} height={heightPx} role="img" aria-label={`${title} by iteration`}>
            <line class="grid" x1={pad.left} x2={width - pad.right} y1={pad.top + room} y2={pad.top + room} />
            <text class="tick" x={pad.left - 6} y={pad.top + 8} text-anchor="end">{most}</text>
            <text class="tick" x={pad.left - 6} y={pad.top + room} text-anchor="end">0</text>
            {shown.map(({ x, counts }) => {
              let below = 0;
              return causes.map((cause, i) => {
                const height = (counts[cause] ?? 0) / most * room;
                below += height;
                return height === 0 ? null : (
                  <rect
                    key={`${x} ${cause}`}
                    class={`cause cause-${i}`}
                    x={xAt(frame, x) - bar / 2}
                    y={pad.top + room - below}
                    width={bar}
                    height={height}
                  />
                );
              });
            })}
            <text class="tick" x={pad.left} y={heightPx - 4}>{from}</text>
            <text class="tick" x={width - pad.right} y={heightPx - 4} text-anchor="end">{to}</text>
            <Pointing frame={frame} link={link} />
          </svg>
        )}
      </div>
    </div>
  );
}

/** The surface that takes the pointer, with the line at the iteration pointed at and the stretch being dragged. */
function Pointing({ frame, link }: { readonly frame: Frame; readonly link: ChartLink }) {
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>();
  // Where the pointer went down: it may come up again before what was set is drawn.
  const from = useRef<number>();
  const iterationAt = (e: PointerEvent | MouseEvent): number => {
    const { inset = 0 } = frame;
    const left = (e.currentTarget as Element).getBoundingClientRect().left + inset;
    const part = (e.clientX - left) / Math.max(1, frame.width - pad.left - pad.right - 2 * inset);
    return Math.round(frame.from + Math.min(1, Math.max(0, part)) * (frame.to - frame.from));
  };
  const drop = () => {
    from.current = undefined;
    setDrag(undefined);
  };
  const end = (e: PointerEvent) => {
    const [began, ended] = [from.current, iterationAt(e)];
    drop();
    if (began === undefined) return;
    if (Math.abs(ended - began) < 2) link.choose(ended);
    else link.zoom([Math.min(began, ended), Math.max(began, ended)]);
  };
  const line = (x: number | undefined, name: string) =>
    x === undefined || x < frame.from || x > frame.to
      ? null
      : <line class={name} x1={xAt(frame, x)} x2={xAt(frame, x)} y1={pad.top} y2={heightPx - pad.bottom} />;
  return (
    <g>
      {drag && Math.abs(drag.to - drag.from) >= 2 && (
        <rect
          key="stretch"
          class="stretch"
          x={Math.min(xAt(frame, drag.from), xAt(frame, drag.to))}
          width={Math.abs(xAt(frame, drag.to) - xAt(frame, drag.from))}
          y={pad.top}
          height={heightPx - pad.top - pad.bottom}
        />
      )}
      {line(link.chosen, "chosen-line")}
      {line(link.hovered, "hover-line")}
      <rect
        key="pointing"
        class="pointing"
        x={pad.left}
        y={0}
        width={Math.max(0, frame.width - pad.left - pad.right)}
        height={heightPx}
        onPointerMove={(e) => {
          const x = iterationAt(e);
          link.hover(x);
          if (from.current !== undefined) setDrag({ from: from.current, to: x });
        }}
        onPointerLeave={() => {
          link.hover(undefined);
          drop();
        }}
        onPointerDown={(e) => {
          if (e.button !== 0) return;
          // A stretch may be drawn past the edge, and over what else stands there.
          e.currentTarget.setPointerCapture(e.pointerId);
          from.current = iterationAt(e);
        }}
        onPointerUp={end}
        onPointerCancel={drop}
        onDblClick={() => link.zoom(undefined)}
      />
    </g>
  );
}

function spread(values: readonly number[], floor: number | undefined): readonly [number, number] {
  if (values.length === 0) return [0, 1];
  const low = Math.min(...values, ...(floor === undefined ? [] : [floor]));
  const high = Math.max(...values);
  return low === high ? [low - (low === 0 ? 0 : Math.abs(low) / 2), low + (Math.abs(low) / 2 || 1)] : [low, high];
}
