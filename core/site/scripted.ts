import type { Json } from "../domain/json.ts";
import type { ScriptedWork } from "../domain/scripted-work.ts";

/** Work of a user who gets a task wrong. */
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

/** Runs of events, by task id, as work from any state of the site. */
export function scriptedWorks<State, Event>(
  runs: Readonly<Record<string, Scripted<Event>>>,
  update: (state: State, event: Event) => State,
): Readonly<Record<string, readonly ScriptedWork[]>> {
  const after = (run: readonly Event[]) => (from: Json): Json =>
    run.reduce(update, from as unknown as State) as unknown as Json;
  return Object.fromEntries(
    Object.entries(runs).map(([id, { right, near, loose }]) => [id, [
      { kind: "right", how: "", after: after(right) },
      { kind: "near", how: near.how, after: after(near.run) },
      ...loose.map(({ how, run }): ScriptedWork => ({ kind: "loose", how, after: after(run) })),
    ]]),
  );
}
