import type { RunSummary } from "../../report/run-summary.ts";
import { statusOf } from "../../report/choose-runs.ts";
import { plainLine } from "../../util/plain-text.ts";
import { textTable } from "./text-table.ts";

/** A line for each run: status, seed, what its evaluations solved, steps, time and when it began; or its damage. */
export function runListLines(runs: readonly RunSummary[]): readonly string[] {
  const cells = runs.map((run) => [
    run.id,
    statusOf(run),
    ...run.damage ? [] : [
      `seed ${run.seed}`,
      solvedText(run),
      run.envSteps > 0 ? `${run.envSteps} steps` : "",
      run.seconds >= 1 ? durationText(run.seconds) : "",
      `${run.created.slice(0, 19)}Z`,
    ],
  ]);
  const status = Math.max(0, ...runs.map((run) => statusOf(run).length));
  return textTable(cells, { right: [4, 5] }).map((line, i) => {
    const { damage } = runs[i]!;
    return damage ? `${line.padEnd(line.length + status - statusOf(runs[i]!).length)}  ${plainLine(damage)}` : line;
  });
}

/** "1/48 → 48/48": the first and the last evaluation. */
function solvedText({ evaluations, arms }: RunSummary): string {
  if (arms.length > 0) return `${arms.length} arms`;
  const [first, last] = [evaluations[0], evaluations.at(-1)];
  if (!first || !last) return "";
  const text = (e: typeof first) => `${e.successes}/${e.n}`;
  return first === last ? text(first) : `${text(first)} → ${text(last)}`;
}

/** "45 s", "3 min", "2.5 h". */
export function durationText(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** "640 kB", "28 MB". */
export function sizeText(bytes: number): string {
  if (bytes < 999_500) return `${Math.ceil(bytes / 1000)} kB`;
  return bytes < 999_500_000
    ? `${(bytes / 1e6).toFixed(bytes < 9_950_000 ? 1 : 0)} MB`
    : `${(bytes / 1e9).toFixed(1)} GB`;
}
