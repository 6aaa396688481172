/** A short message about what was done. */
export interface Snackbar<Undo> {
  readonly message: string;
  /** What its Undo button puts back; null without such a button. */
  readonly undo: Undo | null;
  /** Clock value at which it is gone. */
  readonly until: number;
}

/** A message made by an action; it goes away with the second action after that. */
export function snackbarAt<Undo>(clock: number, message: string, undo: Undo | null = null): Snackbar<Undo> {
  return { message, undo, until: clock + 3 };
}
