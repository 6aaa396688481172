import type { Snackbar } from "./snackbar.ts";

/** The parts of a state that every counted action moves on. */
export interface Ticking {
  /** Actions so far, typing not counted. */
  readonly clock: number;
  /** The open menu; null when none is, absent on a site without menus. */
  readonly menu?: unknown;
  readonly snackbar: Snackbar<unknown> | null;
}

export interface ReducerOptions<S extends Ticking, E> {
  /** What the event itself does; the same state when it does nothing. Pure. */
  apply(state: S, event: E): S;
  /** Whether the event is typing: it takes no time and leaves menus open. */
  isTyping(event: E): boolean;
  /** Whether an open menu stays for `apply` to see; never when absent. */
  keepsMenu?(event: E): boolean;
  /** Lets happen what is due at the state's clock; nothing when absent. */
  letDue?(state: S): S;
}

/**
 * The state after an event. An event that changes something advances the clock by one, typing excepted, so that text
 * arrives at the same state whether typed key by key or at once. Other menus close, a message whose time is over goes.
 */
export function reducer<S extends Ticking, E>(o: ReducerOptions<S, E>): (state: S, event: E) => S {
  return (state, event) => {
    const isTyping = o.isTyping(event);
    const stays = (state.menu ?? null) === null || isTyping || o.keepsMenu?.(event) === true;
    const next = o.apply(stays ? state : { ...state, menu: null }, event);
    if (next === state || isTyping) return next;
    const clock = state.clock + 1;
    const isOver = next.snackbar !== null && clock >= next.snackbar.until;
    const later = { ...next, clock, snackbar: isOver ? null : next.snackbar };
    return o.letDue?.(later) ?? later;
  };
}
