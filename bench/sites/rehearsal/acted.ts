import type { Action, ActionError } from "halo-agent";
import type { PageApp } from "./app.ts";
import { around, attribute, type Drawn, drawn } from "./drawn.ts";
import { type Listed, listed, placeOf } from "./listed.ts";

/** A page as it stands: its state, and the control that has the focus. */
export interface Standing {
  readonly state: object;
  readonly focus: string;
}

export interface Acted extends Standing {
  readonly error?: ActionError;
  readonly target?: { readonly role: string; readonly name: string };
}

/** How a page is used: its app, and how many rows are in view. */
interface Used {
  readonly app: PageApp;
  readonly rows?: number;
}

/** What a handler may ask of the element it belongs to: there is no layout, and nothing is selected. */
const bare = {
  value: "",
  focus() {},
  closest: () => null,
  matches: () => false,
  querySelector: () => null,
  querySelectorAll: () => [],
  getBoundingClientRect: () => ({ left: 0, top: 0, width: 0, height: 0 }),
};

/** Clicks and types as a person would, by calling the handlers of the page; any other action changes nothing. */
export function acted(used: Used, at: Standing, action: Action): Acted {
  const { app } = used;
  if ((action.action !== "click" && action.action !== "type") || action.el === undefined) return at;
  let { state } = at;
  const dispatch = (event: { readonly type: string }): void => {
    state = app.update(state, app.complete?.(event, bare as unknown as HTMLElement) ?? event);
  };
  const now = (focus: string) => listed(drawn(app, state, dispatch), focus, used);
  const seen = now(at.focus);
  const meant = seen.find(({ element }) => element.id === action.el);
  if (meant === undefined) return { ...at, error: { code: "STALE_EL", message: `${action.el} is not on the page` } };
  const { role, name, states } = meant.element;
  const target = { role, name };
  if (states.includes("disabled")) return { ...at, target };
  const place = placeOf(meant.element);
  const left = seen.find(({ element }) => placeOf(element) === at.focus);
  const keepsFocus = call(meant.from, "onMouseDown", {}).isPrevented;
  if (at.focus !== place && !keepsFocus) call(left?.from, "onBlur", {});
  click(app, meant, { dispatch, state: () => state });
  const opened = firstOf(seen) === undefined ? firstOf(now("")) : undefined;
  const focus = opened ?? (keepsFocus ? at.focus : place);
  if (action.action !== "type") return { state, focus, target };
  if (!states.includes("editable")) {
    return { state, focus, target, error: { code: "NOT_EDITABLE", message: `${name} takes no text` } };
  }
  const field = () => now(focus).find(({ element }) => placeOf(element) === focus);
  write(field(), action);
  if (action.submit) call(field()?.from, "onKeyDown", { key: "Enter" });
  return { state, focus, target };
}

/** The control of an open dialog that has the focus when it opens. */
function firstOf(shown: readonly Listed[]): string | undefined {
  const found = shown.find(({ from }) => attribute(from, "id") === "dialog-first");
  return found && placeOf(found.element);
}

function click(
  app: PageApp,
  { element, from }: Listed,
  { dispatch, state }: {
    readonly dispatch: (event: { readonly type: string }) => void;
    readonly state: () => object;
  },
): void {
  const isInMenu = [...around(from)].some((outer) => attribute(outer, "class").split(" ").includes("menu-anchor"));
  call(from, "onClick", { detail: 1 });
  const isTicked = element.role === "checkbox" || (element.role === "radio" && !element.states.includes("checked"));
  if (isTicked) handler(from, "onChange")?.({ ...event(), currentTarget: bare });
  const away = isInMenu ? undefined : app.dismiss?.(state());
  if (away !== undefined) dispatch(away);
}

function write(field: Listed | undefined, { text, clear }: Extract<Action, { readonly action: "type" }>): void {
  const value = clear ? text : (field?.element.value ?? "") + text;
  if (field) handler(field.from, "onInput")?.({ ...event(), currentTarget: { ...bare, value } });
}

/** Calls a handler and those around it, until one stops the event; returns the event. */
function call(from: Drawn | undefined, name: string, more: object): { readonly isPrevented: boolean } {
  const sent = { ...event(), currentTarget: bare, ...more };
  for (const outer of around(from)) {
    handler(outer, name)?.(sent);
    if (sent.isStopped) break;
  }
  return sent;
}

const event = () => ({
  isStopped: false,
  isPrevented: false,
  target: bare,
  button: 0,
  clientX: 0,
  clientY: 0,
  preventDefault() {
    this.isPrevented = true;
  },
  stopPropagation() {
    this.isStopped = true;
  },
});

function handler({ props }: Drawn, name: string): ((event: unknown) => void) | undefined {
  const found = props[name];
  return typeof found === "function" ? found as (event: unknown) => void : undefined;
}
