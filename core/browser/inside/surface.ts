import type { Tree } from "./tree.ts";

/** CSS pixels of the tab's viewport. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Runs inside the page: whether a person sees an element, and where the pointer really reaches it. Self-contained. */
// deno-lint-ignore explicit-module-boundary-types
export function surface({ parentOf, boxesOf, topAt }: Tree) {
  const toTheEye = { opacityProperty: true, visibilityProperty: true };
  /** Fields that pages make transparent or tiny and draw by other means. */
  const redrawn = new Set(["input", "select"]);
  const activating = new Set(["a", "button", "input", "select", "textarea", "summary"]);
  /** Fields that a click on their label acts on even where they are not drawn at all. */
  const ticked = new Set(["checkbox", "radio", "file", "color"]);

  function isSeen(el: Element): boolean {
    if (el.checkVisibility(toTheEye)) return true;
    if (!redrawn.has(el.localName) || !el.checkVisibility({ visibilityProperty: true })) return false;
    // Transparent by itself: then what lies around it is what a person sees of it.
    for (let around = parentOf(el); around; around = parentOf(around)) {
      if (getComputedStyle(around).display !== "contents") return around.checkVisibility(toTheEye);
    }
    return false;
  }

  /** Whether a click on `top` goes on to `field` by a label around it. */
  function isLabelled(top: Element | null, field: Element): boolean {
    for (let e = top; e; e = parentOf(e)) {
      if (e.localName === "label") return (e as HTMLLabelElement).control === field;
      if (activating.has(e.localName)) return false;
    }
    return false;
  }

  /** Disabled controls often let the pointer through; a person sees them all the same. */
  function isLetThrough(top: Element | null, el: Element): boolean {
    const isDisabled = el.matches(":disabled") || el.getAttribute("aria-disabled") === "true";
    return isDisabled && getComputedStyle(el).pointerEvents === "none" && top !== null && holds(top, el);
  }

  function holds(outer: Element, el: Element): boolean {
    for (let e: Element | null = el; e; e = parentOf(e)) if (e === outer) return true;
    return false;
  }

  /** How a press at a point reaches an element: itself, by way of another control inside it, or not at all. */
  function reach(el: Element, { x, y }: Point, controls: ReadonlySet<Element>): "direct" | "indirect" | "none" {
    const top = topAt(x, y);
    let isDirect = true;
    for (let e = top; e; e = parentOf(e)) {
      if (e === el) return isDirect ? "direct" : "indirect";
      if (controls.has(e)) isDirect = false;
    }
    return isLabelled(top, el) || isLetThrough(top, el) ? "direct" : "none";
  }

  /** A point of the parts in view that really reaches the element: each middle first, then a grid of `steps` × `steps`. */
  function pointOn(el: Element, steps: number, reaches: (p: Point) => ReturnType<typeof reach>): Point | undefined {
    let second: Point | undefined;
    for (const { left, top, right, bottom } of boxesOf(el)) {
      if (right - left < 2 || bottom - top < 2) continue;
      for (let i = -1; i < steps * steps; i++) {
        const fx = i < 0 ? 0.5 : (Math.floor(i / steps) + 0.5) / steps;
        const fy = i < 0 ? 0.5 : (i % steps + 0.5) / steps;
        const point = { x: left + (right - left) * fx, y: top + (bottom - top) * fy };
        const how = reaches(point);
        if (how === "direct") return point;
        if (how === "indirect") second ??= point;
      }
    }
    return second;
  }

  /** Where a click acts on an element: on itself, else on the label that stands for it. `controls` are better not hit. */
  function pointOf(el: Element, steps: number, controls: ReadonlySet<Element>): Point | undefined {
    const own = isSeen(el) ? pointOn(el, steps, (p) => reach(el, p, controls)) : undefined;
    const { labels, type } = el as HTMLInputElement;
    if (own || !labels || !(ticked.has(type) || el.getClientRects().length > 0)) return own;
    for (const label of labels) {
      if (!isSeen(label)) continue;
      const point = pointOn(label, steps, ({ x, y }) => isLabelled(topAt(x, y), el) ? "direct" : "none");
      if (point) return point;
    }
    return undefined;
  }

  return { pointOf, holds };
}

export type Surface = ReturnType<typeof surface>;
