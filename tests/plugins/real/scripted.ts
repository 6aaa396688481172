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
