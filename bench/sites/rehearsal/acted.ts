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
export function acted(app: PageApp, at: Standing, action: Action): Acted {
  if ((action.action !== "click" && action.action !== "type") || action.el === undefined) return at;
  let { state } = at;
  const dispatch = (event: { readonly type: string }): void => {
    state = app.update(state, app.complete?.(event, bare as unknown as HTMLElement) ?? event);
  };
  const now = (focus: string) => listed(drawn(app, state, dispatch), focus);
  const meant = now(at.focus).find(({ element }) => element.id === action.el);
  if (meant === undefined) return { ...at, error: { code: "STALE_EL", message: `${action.el} is not on the page` } };
  const { role, name, states } = meant.element;
  const target = { role, name };
  if (states.includes("disabled")) return { ...at, target };
  const focus = placeOf(meant.element);
  click(app, meant, { dispatch, state: () => state });
  if (action.action !== "type") return { state, focus, target };
  if (!states.includes("editable")) {
    return { state, focus, target, error: { code: "NOT_EDITABLE", message: `${name} takes no text` } };
  }
  const field = () => now(focus).find(({ element }) => placeOf(element) === focus);
  write(field(), action);
  if (action.submit) call(field()?.from, "onKeyDown", { key: "Enter" });
  return { state, focus, target };
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

/** Calls a handler and those around it, until one stops the event. */
function call(from: Drawn | undefined, name: string, more: object): void {
  const sent = { ...event(), currentTarget: bare, ...more };
  for (const outer of around(from)) {
    handler(outer, name)?.(sent);
    if (sent.isStopped) return;
  }
}

const event = () => ({
  isStopped: false,
  target: bare,
  button: 0,
  clientX: 0,
  clientY: 0,
  preventDefault() {},
  stopPropagation() {
    this.isStopped = true;
  },
});

function handler({ props }: Drawn, name: string): ((event: unknown) => void) | undefined {
  const found = props[name];
  return typeof found === "function" ? found as (event: unknown) => void : undefined;
}
