import { render } from "preact";
import { canonicalJson } from "halo-agent/site";
import type { Event } from "../state/event.ts";
import { shortcutOf } from "../state/shortcuts.ts";
import { initialState } from "../state/state.ts";
import type { GoMailState } from "../state/state.ts";
import { update } from "../state/update.ts";
import { classes, selector, useAliases } from "halo-agent/site/app";
import { focusAfter, forgetPlace, scrollOf } from "./focus.ts";
import { Page } from "./page.tsx";
import { isConfigured, keep, kept } from "./storage.ts";

useAliases();
const root = document.body;
const isKept = isConfigured();
let state = isKept ? kept() : initialState({ mails: [] });
let isDrawing = false;

/** Shows a state at once. Removing a focused field makes the browser report a blur; that is no act of the user. */
function show(next: GoMailState): void {
  state = next;
  isDrawing = true;
  document.documentElement.className = classes(`${state.settings.theme} ${state.settings.density}`);
  try {
    render(<Page state={state} dispatch={dispatch} />, root);
  } finally {
    isDrawing = false;
  }
}

function dispatch(event: Event): void {
  if (isDrawing) return;
  const before = state;
  const next = update(before, event.type === "open-mail" ? { ...event, scroll: scrollOf(root) } : event);
  if (next === before) return;
  show(next);
  focusAfter(before, next, root);
  if (isKept) keep(next, event);
}

function restore(text: string): void {
  const next = JSON.parse(text) as GoMailState;
  isDrawing = true;
  forgetPlace(root);
  show(next);
}

/** A shortcut, when no text is being written. */
function onShortcut(e: KeyboardEvent): void {
  const isWriting = e.target instanceof Element &&
    e.target.matches("textarea, input:not([type=checkbox]):not([type=radio])");
  if (isWriting || e.ctrlKey || e.metaKey || e.altKey) return;
  const what = shortcutOf(state, e.key);
  if (what === undefined) return;
  e.preventDefault();
  if (what === "search") root.querySelector<HTMLElement>(selector("#search"))?.focus();
  else dispatch(what);
}

document.addEventListener("keydown", (e) => {
  if (e.key !== "Escape") return onShortcut(e);
  const inCompose = e.target instanceof Element && e.target.closest(selector(".composer")) !== null;
  dispatch({ type: "escape", inCompose });
});
document.addEventListener("click", (e) => {
  if (state.menu === null) return;
  const inMenu = e.composedPath().some((at) => at instanceof Element && at.matches(selector(".menu-anchor")));
  if (!inMenu) dispatch({ type: "dismiss" });
});
for (const type of ["auxclick", "contextmenu", "dragstart", "drop"]) {
  document.addEventListener(type, (e) => e.preventDefault());
}

show(state);
Object.assign(globalThis, { __halo: { snapshot: () => canonicalJson(state), restore, pending: () => 0 } });
