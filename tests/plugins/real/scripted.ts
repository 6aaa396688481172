import type { Json } from "../../../core/domain/json.ts";
import type { OfficialRun } from "../../../core/testing.ts";

/** Work of a user who gets a task nearly right. */
export interface Wrong<Event> {
  /** What is wrong about it. */
  readonly how: string;
  readonly run: readonly Event[];
}

/** What users do for one REAL task, as events of the site's state. */
export interface Scripted<Event> {
  readonly right: readonly Event[];
  /** The right action on a wrong recipient or thing; both graders must refuse it. */
  readonly near: Wrong<Event>;
  /** Wrong work that the official script lets pass; the strict rule must refuse it. */
  readonly loose: readonly Wrong<Event>[];
}

/** The right and the nearly right work of each task, for `siteSuite`. */
export function officialRuns<State, Event>(
  runs: Readonly<Record<string, Scripted<Event>>>,
  update: (state: State, event: Event) => State,
): Readonly<Record<string, OfficialRun>> {
  const ends = (run: readonly Event[]) => (start: Json): Json =>
    run.reduce(update, start as unknown as State) as unknown as Json;
  return Object.fromEntries(
    Object.entries(runs).map(([id, { right, near }]) => [id, { right: ends(right), near: ends(near.run) }]),
  );
}
