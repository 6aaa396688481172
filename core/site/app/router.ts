/** A site's addresses: a pure pair of functions between what a state shows and the path of the page. */
export interface Router<S, E> {
  /** The path of what a state shows, for example "/lists/7?sort=name". */
  pathOf(state: S): string;
  /** The event that shows what is at a path; undefined when nothing is there. */
  eventAt(path: string, state: S): E | undefined;
}

/** A page that has addresses. */
export interface Addresses<S> {
  /** The address follows the state: a new history entry when it shows something else. */
  follow(state: S): void;
  /** The address is that of the state, without a new entry. */
  correct(state: S): void;
}

/**
 * Ties a page to its addresses. Back and forward come as events; a path at which nothing is any more is put right.
 * Entries of the history are the browser's: whoever restores a state restores them first.
 */
export function useRouter<S, E>(
  router: Router<S, E>,
  page: { state(): S; dispatch(event: E): void },
): Addresses<S> {
  const here = (): string => location.pathname + location.search;
  const correct = (state: S): void => {
    if (router.pathOf(state) !== here()) history.replaceState(null, "", router.pathOf(state));
  };
  addEventListener("popstate", () => {
    const state = page.state();
    if (router.pathOf(state) === here()) return;
    const event = router.eventAt(here(), state);
    if (event !== undefined) page.dispatch(event);
    correct(page.state());
  });
  return {
    correct,
    follow(state) {
      if (router.pathOf(state) !== here()) history.pushState(null, "", router.pathOf(state));
    },
  };
}
