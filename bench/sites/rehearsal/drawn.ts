import type { VNode } from "preact";
import type { PageApp } from "./app.ts";

/** An element of a page that no browser draws. */
export interface Drawn {
  readonly tag: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly children: (Drawn | string)[];
  readonly parent: Drawn | undefined;
}

/** A state's page: the view with all its components called. Components must be pure functions without hooks. */
export function drawn(app: PageApp, state: object, dispatch: (event: { readonly type: string }) => void): Drawn {
  const body: Drawn = { tag: "body", props: {}, children: [], parent: undefined };
  draw(app.View({ state, dispatch }), body);
  return body;
}

function draw(what: unknown, parent: Drawn): void {
  if (Array.isArray(what)) { for (const one of what) draw(one, parent); }
  else if (typeof what === "string" || typeof what === "number") parent.children.push(String(what));
  else if (typeof what === "object" && what !== null) {
    const { type, props } = what as VNode<{ readonly children?: unknown }>;
    if (typeof type === "function") {
      draw((type as (props: unknown) => unknown)(props), parent);
      return;
    }
    const element: Drawn = { tag: type, props: props as Drawn["props"], children: [], parent };
    parent.children.push(element);
    draw(props.children, element);
  }
}

/** An element and all around it, from inside out. */
export function* around(element: Drawn | undefined): Generator<Drawn> {
  for (let at = element; at; at = at.parent) yield at;
}

/** An attribute as text; "" when absent. */
export function attribute({ props }: Drawn, name: string): string {
  const value = props[name];
  return value === undefined || value === null || value === false && !name.startsWith("aria-") ? "" : String(value);
}

const silent = new Set(["script", "style", "svg", "textarea", "select"]);

/** The text that a person reads in an element, in one line. */
export function textIn(element: Drawn): string {
  const parts: string[] = [];
  const visit = (at: Drawn | string): void => {
    if (typeof at === "string") parts.push(at);
    else if (!silent.has(at.tag) && (at === element || attribute(at, "aria-hidden") !== "true")) {
      if (at.tag === "img") parts.push(attribute(at, "alt"));
      at.children.forEach(visit);
    }
  };
  visit(element);
  return squeeze(parts.join(" "));
}

export const squeeze = (text: string): string => text.replace(/\s+/g, " ").trim();
