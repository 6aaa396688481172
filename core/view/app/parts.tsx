import type { ComponentChildren } from "preact";
import type { Asked } from "./state.ts";
import { endOf, percent, percents, words } from "./words.ts";

/** What stands in a page's place until its value is there, or why it never will be. */
export function Waiting<T>({ asked, children }: {
  readonly asked: Asked<T>;
  readonly children: (value: T) => ComponentChildren;
}) {
  if (asked.error !== undefined) return <p class="notice bad" role="alert">{asked.error}</p>;
  if (asked.value === undefined) return <div class="waiting" aria-busy="true" />;
  return <>{children(asked.value)}</>;
}

export function Status({ status }: { readonly status: string | undefined }) {
  const name = status ?? "NEW";
  return <span class={`status status-${name.toLowerCase()}`}>{name.toLowerCase()}</span>;
}

/** A word with what it means, shown when somebody points at it. */
export function Explained({ by, children }: { readonly by: string | undefined; readonly children: ComponentChildren }) {
  return by === undefined ? <>{children}</> : <abbr title={by}>{children}</abbr>;
}

export function Tile({ label, means, children, note }: {
  readonly label: string;
  /** What the label means. */
  readonly means?: string | undefined;
  readonly children: ComponentChildren;
  readonly note?: ComponentChildren;
}) {
  return (
    <div class="tile">
      <span class="tile-label">
        <Explained by={means}>{label}</Explained>
      </span>
      <span class="tile-value">{children}</span>
      {note !== undefined && <span class="tile-note">{note}</span>}
    </div>
  );
}

/** A rate with its 95 % interval as a bar. */
export function RateBar({ rate, ci95 }: { readonly rate: number; readonly ci95?: readonly [number, number] }) {
  const x = (value: number) => `${value * 100}%`;
  const title = `${percent(rate)}${ci95 ? `, 95 % interval ${percents(ci95)}` : ""}`;
  return (
    <span class="ratebar" title={title}>
      <span class="ratebar-fill" style={{ width: x(rate) }} />
      {ci95 && <span class="ratebar-ci" style={{ left: x(ci95[0]), width: x(ci95[1] - ci95[0]) }} />}
    </span>
  );
}

/** A small curve without axes. */
export function Spark({ values, label }: { readonly values: readonly number[]; readonly label: string }) {
  if (values.length < 2) return <span class="spark" />;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const at = values.map((v, i) => {
    const y = high === low ? 12 : 22 - (v - low) / (high - low) * 20;
    return `${(i / (values.length - 1) * 98 + 1).toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg class="spark" viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label={label}>
      <polyline points={at.join(" ")} vector-effect="non-scaling-stroke" />
    </svg>
  );
}

/** How an episode came out; `more` is told beside why it ended. */
export function Outcome(
  { success, stop, more = "" }: { readonly success: boolean; readonly stop: string; readonly more?: string },
) {
  return (
    <span
      class={success ? "outcome good" : "outcome bad"}
      title={[success ? "solved" : "not solved", `it ended because ${endOf(stop)}`, more].filter(Boolean).join("; ")}
    >
      {success ? "solved" : words(stop)}
    </span>
  );
}

/** What the badges of some episodes mean, each once. */
export function StopLegend({ stops }: { readonly stops: readonly string[] }) {
  const met = [...new Set(stops)].sort();
  return met.length === 0 ? null : (
    <p class="dim legend-line">
      {met.map((stop) => (
        <span key={stop}>
          <Outcome success={false} stop={stop} /> {endOf(stop)}
        </span>
      ))}
    </p>
  );
}
