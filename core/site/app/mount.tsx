import { type JSX, render } from "preact";
import { canonicalJson } from "../../util/canonical-json.ts";
import { type Act, acted, partActs, withActs } from "../acts.ts";
import { classes, selector, useAliases } from "./alias.ts";
import { answersAfter } from "./answers.ts";
import { find, forgetPlace } from "./focus.ts";
import { first } from "./frame.tsx";
import { type Router, useRouter } from "./router.ts";
import type { SiteStorage } from "./storage.ts";

/** What every view of a site receives. */
export interface ViewProps<S, E> {
  readonly state: S;
  readonly dispatch: (event: E) => void;
}

/** A site's page: a state, how it changes, and how it is shown. */
export interface App<S extends object, E extends { readonly type: string }> {
  /** The state of a page that nothing was done on. */
  start(): S;
  /** The state after an event; the same one when nothing happens. Pure. */
  update(state: S, event: E): S;
  /** The whole page as a function of the state. */
  readonly View: (props: ViewProps<S, E>) => JSX.Element;
  /** Classes of the root element, such as a theme. */
  look?(state: S): string;
  /** Adds to an event what only the page knows, such as how far a list is scrolled. */
  complete?(event: E, root: HTMLElement): E;
  /** Puts focus and scroll where a user expects them after an event; a dialog that opens has focused its `first` already. */
  focusAfter?(change: { readonly before: S; readonly after: S; readonly root: HTMLElement }): void;
  /** What Escape does, pressed in `target`. */
  escape?(target: Element | null): E;
  /** What a key does while no text is being written: an event, or the id that gets the focus. */
  shortcut?(state: S, key: string): E | { readonly focus: string } | undefined;
  /** What a click outside of the open menu does; undefined while none is open. */
  dismiss?(state: S): E | undefined;
  /** For sites of the REAL benchmark: what outlives a page once it is configured. Such a page remembers what was done on it. */
  readonly storage?: SiteStorage<S>;
  /** For sites with addresses. */
  readonly router?: Router<S, E>;
  /** Whether the site has to answer what led from one state to another; when absent, it answers all but typing. */
  asks?(before: S, after: S): boolean;
}

/** Milliseconds after which the site answers on this page, unless `/config` says otherwise. */
const usualLatencyMs = (globalThis as { readonly haloLatencyMs?: number }).haloLatencyMs ?? 0;

/** Shows a site's page in the document's body and sets `globalThis.__halo`, through which states are saved and restored. */
export function mount<S extends object, E extends { readonly type: string }>(app: App<S, E>): void {
  useAliases();
  const root = document.body;
  const storage = app.storage?.isConfigured() ? app.storage : undefined;
  let state = storage?.kept() ?? app.start();
  let acts: readonly Act[] = storage?.acts() ?? [];
  let isDrawing = false;

  /** Shows a state at once. Removing a focused field makes the browser report a blur; that is no act of the user. */
  function show(next: S): void {
    state = next;
    isDrawing = true;
    if (app.look) document.documentElement.className = classes(app.look(state));
    try {
      render(<app.View state={state} dispatch={dispatch} />, root);
    } finally {
      isDrawing = false;
    }
  }

  function dispatch(asked: E): void {
    if (isDrawing) return;
    const event = completed(asked);
    if (latencyMs > 0) answers.take(() => event);
    else apply(event);
  }

  function apply(event: E): void {
    const before = state;
    const firstOf = (): HTMLElement | null => find(root, `#${first.id}`);
    const wasOpen = firstOf() !== null;
    const after = app.update(before, event);
    if (after === before) return;
    show(after);
    addresses?.follow(after);
    if (!wasOpen) firstOf()?.focus();
    app.focusAfter?.({ before, after, root });
    if (app.storage) acts = acted(acts, { type: event.type, timestamp: app.storage.timeOf(after) });
    storage?.keep({ state: after, acts });
  }

  function restore(text: string): void {
    const { state: next, acts: done } = partActs(JSON.parse(text) as S);
    acts = done;
    answers.drop();
    isDrawing = true;
    forgetPlace(root);
    show(next);
    addresses?.correct(next);
  }

  function onKey(e: KeyboardEvent): void {
    const target = e.target instanceof Element ? e.target : null;
    if (e.key === "Escape") {
      if (app.escape) dispatch(app.escape(target));
      return;
    }
    const isWriting = target?.matches("textarea, input:not([type=checkbox]):not([type=radio])");
    if (isWriting || e.ctrlKey || e.metaKey || e.altKey) return;
    const what = app.shortcut?.(state, e.key);
    if (what === undefined) return;
    e.preventDefault();
    if ("focus" in what) find(root, `#${what.focus}`)?.focus();
    else dispatch(what);
  }

  function onClick(e: MouseEvent): void {
    const inMenu = e.composedPath().some((at) => at instanceof Element && at.matches(selector(".menu-anchor")));
    if (inMenu) return;
    // What the click did before may wait for its answer, and close the menu.
    const dismissal = (): E | undefined => app.dismiss?.(state);
    if (answers.pending() > 0) return answers.take(dismissal);
    const event = dismissal();
    if (event !== undefined) dispatch(event);
  }

  const latencyMs = storage?.configuration()?.latency ?? usualLatencyMs;
  const completed = (event: E): E => app.complete?.(event, root) ?? event;
  /** Events in their turn; undefined where there is nothing left to do by then. */
  const answers = answersAfter<() => E | undefined>(latencyMs, {
    asks(due) {
      const event = due();
      const after = event === undefined ? state : app.update(state, event);
      return after !== state && (app.asks?.(state, after) ?? hasActed(state, after));
    },
    apply(due) {
      const event = due();
      if (event !== undefined) apply(event);
    },
    setBusy: (isBusy) => isBusy ? root.setAttribute("aria-busy", "true") : root.removeAttribute("aria-busy"),
  });
  /** Back and forward show at once what was there before. */
  function travel(event: E): void {
    answers.flush();
    apply(completed(event));
  }
  const addresses = app.router && useRouter(app.router, { state: () => state, dispatch: travel });
  const path = location.pathname + location.search;
  if (app.router && app.router.pathOf(state) !== path) {
    const event = app.router.eventAt(path, state);
    if (event !== undefined) state = app.update(state, event);
  }
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  for (const type of ["auxclick", "contextmenu", "dragstart", "drop"]) {
    document.addEventListener(type, (e) => e.preventDefault());
  }
  show(state);
  addresses?.correct(state);
  const snapshot = (): string => canonicalJson(withActs({ state, acts }));
  Object.assign(globalThis, { __halo: { snapshot, restore, pending: answers.pending } });
}

/** Whether more than typing led from one state to another. */
function hasActed(before: object, after: object): boolean {
  return !("clock" in before && "clock" in after) || before.clock !== after.clock;
}
