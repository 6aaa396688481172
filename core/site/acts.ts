/** One thing that was done on a site's page, with the site's time. */
export interface Act {
  readonly type: string;
  /** ISO UTC. */
  readonly timestamp: string;
}

/** A state, and what was done to come there, oldest first. */
export interface WithActs<S> {
  readonly state: S;
  readonly acts: readonly Act[];
}

/** The name under which a saved state holds its acts; no site has a part of this name. */
const part = "$acts";

/**
 * The state as it is saved, restored and judged: one value that tells how it came about. Without acts it is the state itself,
 * so that a task's first state is the one its page opens with. Pure.
 */
export function withActs<S extends object>({ state, acts }: WithActs<S>): S {
  return acts.length === 0 ? state : { ...state, [part]: acts };
}

/** A saved state taken apart again. Pure. */
export function partActs<S extends object>(saved: S): WithActs<S> {
  if (!(part in saved)) return { state: saved, acts: [] };
  const { [part]: acts, ...state } = saved as S & { readonly [part]: readonly Act[] };
  return { state: state as unknown as S, acts };
}

/**
 * The acts with one more. Typing takes no time and counts once however many keys it takes, so that a text leaves the same
 * acts whether typed key by key or at once. Pure.
 */
export function acted(acts: readonly Act[], { type, timestamp }: Act): readonly Act[] {
  const last = acts.at(-1);
  const isTypedOn = last?.type === type && last.timestamp === timestamp;
  return isTypedOn ? acts : [...acts, { type, timestamp }];
}
