/** The time of a site: every counted action is one step, whatever the machine's clock says. */
export interface SiteClock {
  /** ISO time, with its offset, at which every page opens. */
  readonly start: string;
  /** Zone the browser is told, for example "America/Los_Angeles". */
  readonly timezone: string;
  /** Local time "2024-07-18T09:05" after so many steps. */
  stampOf(clock: number): string;
  /** The same moment as ISO UTC, "2024-07-18T16:05:00.000Z". */
  instantOf(stamp: string): string;
}

export interface ClockOptions {
  readonly start: string;
  readonly timezone: string;
  /** Minutes of one step; 1 when absent. */
  readonly stepMinutes?: number;
  /** Minutes by which local time is ahead of UTC at a local time; always those of `start` when absent. */
  readonly offsetAt?: (stamp: string) => number;
}

/** A clock that goes on in fixed steps from `start`, "2024-07-18T09:00:00-07:00". */
export function siteClock({ start, timezone, stepMinutes = 1, offsetAt }: ClockOptions): SiteClock {
  const local = Date.parse(`${start.slice(0, 16)}Z`);
  const fixed = Math.round((local - Date.parse(`${start.slice(0, 16)}${start.slice(19)}`)) / 60_000);
  return {
    start,
    timezone,
    stampOf: (clock) => new Date(local + clock * stepMinutes * 60_000).toISOString().slice(0, 16),
    instantOf(stamp) {
      const offset = offsetAt === undefined ? fixed : offsetAt(stamp);
      return new Date(Date.parse(`${stamp}Z`) - offset * 60_000).toISOString();
    },
  };
}
