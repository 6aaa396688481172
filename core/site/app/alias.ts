import { options } from "preact";
import type { VNode } from "preact";
import { aliasOf, withAliases } from "./names.ts";

/** Seed of the names on this page; "" keeps them as they are written. */
const seed = (globalThis as { readonly haloNames?: string }).haloNames ?? "";

/** A CSS selector for the names on this page. */
export function selector(text: string): string {
  return withAliases(text, seed);
}

/** The names of these classes on this page. */
export function classes(text: string): string {
  return text.split(/\s+/).map((name) => aliasOf(name, seed)).join(" ");
}

const references = ["id", "aria-controls", "aria-activedescendant"] as const;

/** Gives every element that is drawn from now on its names on this page. */
export function useAliases(): void {
  if (seed === "") return;
  options.vnode = (vnode: VNode) => {
    if (typeof vnode.type !== "string") return;
    const props = vnode.props as Record<string, unknown>;
    if (typeof props["class"] === "string") props["class"] = classes(props["class"]);
    for (const key of references) {
      if (typeof props[key] === "string") props[key] = aliasOf(props[key], seed);
    }
  };
}
