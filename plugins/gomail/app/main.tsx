import { render } from "preact";
import { canonicalJson } from "../state/canonical.ts";
import type { Event } from "../state/event.ts";
import { initialState } from "../state/state.ts";
import type { GoMailState } from "../state/state.ts";
import { update } from "../state/update.ts";
import { focusAfter, forgetPlace } from "./focus.ts";
import { Page } from "./page.tsx";

const root = document.body;
let state = initialState({ mails: [] });
let isDrawing = false;

/** Shows a state at once. Removing a focused field makes the browser report a blur; that is no act of the user. */
function show(next: GoMailState): void {
  state = next;
  isDrawing = true;
  try {
    render(<Page state={state} dispatch={dispatch} />, root);
  } finally {
    isDrawing = false;
  }
}

function dispatch(event: Event): void {
  if (isDrawing) return;
  const before = state;
  const next = update(before, event);
  if (next === before) return;
  show(next);
  focusAfter(before, next, root);
}

function restore(text: string): void {
  const next = JSON.parse(text) as GoMailState;
  isDrawing = true;
  forgetPlace(root);
  show(next);
}

document.addEventListener("keydown", (e) => {
  if (e.key !== "Escape") return;
  const inCompose = e.target instanceof Element && e.target.closest(".composer") !== null;
  dispatch({ type: "escape", inCompose });
});
document.addEventListener("click", (e) => {
  if (state.menu === null) return;
  const inMenu = e.composedPath().some((at) => at instanceof Element && at.classList.contains("menu-anchor"));
  if (!inMenu) dispatch({ type: "dismiss" });
});
for (const type of ["auxclick", "contextmenu", "dragstart", "drop"]) {
  document.addEventListener(type, (e) => e.preventDefault());
}

show(state);
Object.assign(globalThis, { __halo: { snapshot: () => canonicalJson(state), restore, pending: () => 0 } });
