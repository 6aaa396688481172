/** Events whose answers come later, in their order. */
export interface Answers<E> {
  /** Lets an event happen: at once, or after those that wait, and after its own time where the site has to answer it. */
  take(event: E): void;
  /** Lets all that waits happen now. */
  flush(): void;
  /** Drops all that waits. */
  drop(): void;
  /** Events that wait. */
  pending(): number;
}

/** Holds what the site answers back for so many milliseconds. What follows in the meantime waits for its turn. */
export function answersAfter<E>(latencyMs: number, page: {
  /** Whether the site answers an event; what a page does by itself happens in its turn. */
  asks(event: E): boolean;
  apply(event: E): void;
  /** Shows whether the page waits for an answer. */
  setBusy(isBusy: boolean): void;
}): Answers<E> {
  const waiting: E[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): E[] => {
    clearTimeout(timer);
    timer = undefined;
    return waiting.splice(0);
  };
  const happen = (): void => {
    timer = undefined;
    page.apply(waiting.shift()!);
    next();
  };
  function next(): void {
    while (timer === undefined && waiting.length > 0) {
      if (page.asks(waiting[0]!)) timer = setTimeout(happen, latencyMs);
      else page.apply(waiting.shift()!);
    }
    page.setBusy(timer !== undefined);
  }
  return {
    take(event) {
      waiting.push(event);
      next();
    },
    flush() {
      for (const event of stop()) page.apply(event);
      page.setBusy(false);
    },
    drop() {
      stop();
      page.setBusy(false);
    },
    pending: () => waiting.length,
  };
}

/** What pages keep to themselves on every site: the count of acts, and what a message says. */
const always = ["clock", "snackbar"];

/** Whether an act changed more than these parts, which a page changes by itself: menus, windows, what is being written. */
export function asksBut<S extends object>(
  ...local: readonly (keyof S & string)[]
): (before: S, after: S) => boolean {
  const own = new Set<string>([...always, ...local]);
  return (before, after) =>
    Object.entries(after).some(([part, value]) => !own.has(part) && before[part as keyof S] !== value);
}
