import type { Json } from "../domain/json.ts";
import type { ScriptedWork } from "../domain/scripted-work.ts";
import { acted, partActs, withActs } from "./acts.ts";
import type { SiteClock } from "./clock.ts";
import type { Ticking } from "./reducer.ts";

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

/** How a site's state goes on, and its time. */
export interface ScriptedSite<State, Event> {
  readonly clock: SiteClock;
  /** The state after an event; the same one when nothing happens. Pure. */
  update(state: State, event: Event): State;
}

/** Runs of events, by task id, as work from any state of the site; what was done is told, as the site's page tells it. */
export function scriptedWorks<State extends Ticking, Event extends { readonly type: string }>(
  runs: Readonly<Record<string, Scripted<Event>>>,
  { clock, update }: ScriptedSite<State, Event>,
): Readonly<Record<string, readonly ScriptedWork[]>> {
  const after = (run: readonly Event[]) => (from: Json): Json =>
    withActs(run.reduce(
      (told, event) => {
        const state = update(told.state, event);
        if (state === told.state) return told;
        const timestamp = clock.instantOf(clock.stampOf(state.clock));
        return { state, acts: acted(told.acts, { type: event.type, timestamp }) };
      },
      partActs(from as unknown as State),
    )) as unknown as Json;
  return Object.fromEntries(
    Object.entries(runs).map(([id, { right, near, loose }]) => [id, [
      { kind: "right", how: "", after: after(right) },
      { kind: "near", how: near.how, after: after(near.run) },
      ...loose.map(({ how, run }): ScriptedWork => ({ kind: "loose", how, after: after(run) })),
    ]]),
  );
}
