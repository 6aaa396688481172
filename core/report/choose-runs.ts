import type { RunListing } from "../record/runs.ts";
import { HaloError } from "../util/errors.ts";
import { globTest } from "../util/glob.ts";

/** Which runs of a list are meant; what is absent asks for nothing. */
export interface RunFilter {
  /** Statuses, commas between them: "done,stopped". */
  readonly status?: string | undefined;
  /** Glob over ids. */
  readonly match?: string | undefined;
  /** Created less long ago than this, or after this day: "12h", "7d", "2026-11-20". */
  readonly since?: string | undefined;
  /** Created longer ago than this, or before this day. */
  readonly before?: string | undefined;
}

/** A run's status as people read it. */
export const statusOf = ({ status, damage }: RunListing): string => damage ? "DAMAGED" : status ?? "NEW";

const statuses = ["RUNNING", "DONE", "FAILED", "STOPPED", "NEW", "DAMAGED"];

/** The runs that match, in the order of the list; `nowMs` is the time that ages are counted from. */
export function chooseRuns<T extends RunListing>(
  runs: readonly T[],
  { status, match, since, before }: RunFilter,
  { nowMs }: { readonly nowMs: number },
): readonly T[] {
  const wanted = status?.split(",").map((word) => word.trim().toUpperCase());
  const unknown = wanted?.find((word) => !statuses.includes(word));
  if (unknown !== undefined) {
    throw usage(`--status must be of ${statuses.join(", ").toLowerCase()}, got "${unknown.toLowerCase()}"`);
  }
  const isNamed = match === undefined ? () => true : globTest(match);
  const from = since === undefined ? -Infinity : timeOf("since", since, nowMs);
  const to = before === undefined ? Infinity : timeOf("before", before, nowMs);
  const isDated = since !== undefined || before !== undefined;
  return runs.filter((run) => {
    const created = Date.parse(run.created);
    return (wanted === undefined || wanted.includes(statusOf(run))) && isNamed(run.id) &&
      (!isDated || (created >= from && created < to));
  });
}

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds since 1970 of an age or a day. */
function timeOf(flag: string, text: string, nowMs: number): number {
  const [, count, unit] = /^(\d+)([mhdw])$/.exec(text) ?? [];
  if (unit !== undefined) return nowMs - Number(count) * unitMs[unit]!;
  const day = /^\d{4}-\d\d-\d\d(T[\d:.]+Z?)?$/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(day)) return day;
  throw usage(`--${flag} must be an age (30m, 12h, 7d, 2w) or a day (2026-11-20), got "${text}"`);
}

const usage = (message: string) => new HaloError("HALO_CLI_USAGE", message, { hint: "halo runs --help" });
