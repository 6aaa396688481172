import type { Box, Tree } from "./tree.ts";

/** CSS pixels of the tab's viewport. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Runs inside the page: whether a person sees an element, and where the pointer really reaches it. Self-contained. */
// deno-lint-ignore explicit-module-boundary-types
export function surface({ parentOf, boxesOf, topAt, isOfOneField }: Tree) {
  const toTheEye = { opacityProperty: true, visibilityProperty: true };
  /** Fields that pages make transparent or tiny and draw by other means. */
  const redrawn = new Set(["input", "select", "textarea"]);
  const activating = new Set(["a", "button", "input", "select", "textarea", "summary"]);
  /** Fields that a click on their label acts on even where they are not drawn at all. */
  const ticked = new Set(["checkbox", "radio", "file", "color"]);

  /** Under so many covers nobody looks for what is left free. */
  const manyCovers = 12;

  function isSeen(el: Element): boolean {
    if (el.checkVisibility(toTheEye)) return true;
    if (!redrawn.has(el.localName) || !el.checkVisibility({ visibilityProperty: true })) return false;
    // Transparent by itself: then what lies around it is what a person sees of it; so for the one field of a shadow tree.
    for (let around = parentOf(el); around; around = parentOf(around)) {
      if (getComputedStyle(around).display === "contents") continue;
      if (around.checkVisibility(toTheEye)) return true;
      const root = around.getRootNode();
      if (root === around.ownerDocument || !isOfOneField(root as ShadowRoot)) return false;
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

  /** How a press on `top` reaches an element: itself, by way of another control inside it, or not at all. */
  function reach(el: Element, top: Element | null, controls: ReadonlySet<Element>): "direct" | "indirect" | "none" {
    let isDirect = true;
    for (let e = top; e; e = parentOf(e)) {
      if (e === el) return isDirect ? "direct" : "indirect";
      if (controls.has(e)) isDirect = false;
    }
    return isLabelled(top, el) || isLetThrough(top, el) ? "direct" : "none";
  }

  const isWide = ({ left, top, right, bottom }: Box): boolean => right - left >= 2 && bottom - top >= 2;

  const middleOf = ({ left, top, right, bottom }: Box): Point => ({ x: (left + right) / 2, y: (top + bottom) / 2 });

  /** Points on a box: its middle, then a grid of `steps` × `steps`. */
  function* gridOn(box: Box, steps: number): Iterable<Point> {
    yield middleOf(box);
    for (let i = 0; i < steps * steps; i++) {
      const fx = (Math.floor(i / steps) + 0.5) / steps;
      const fy = (i % steps + 0.5) / steps;
      yield { x: box.left + (box.right - box.left) * fx, y: box.top + (box.bottom - box.top) * fy };
    }
  }

  /** Middles of the parts of a box that the edges of `covers`, and of the parents that may clip the element, leave free. */
  function* uncovered(el: Element, box: Box, covers: ReadonlySet<Element>): Iterable<Point> {
    const whole = (e: Element): Box[] => Array.from(boxesOf(e)).slice(0, 1);
    const over = Array.from(covers).flatMap(whole);
    const edges = [...over];
    for (let e = parentOf(el); e; e = parentOf(e)) edges.push(...whole(e));
    const lines = (
      from: number,
      to: number,
      cuts: readonly number[],
    ): number[] => [from, ...cuts.filter((cut) => cut > from && cut < to).sort((a, b) => a - b), to];
    const xs = lines(box.left, box.right, edges.flatMap(({ left, right }) => [left, right]));
    const ys = lines(box.top, box.bottom, edges.flatMap(({ top, bottom }) => [top, bottom]));
    for (let j = 1; j < ys.length; j++) {
      for (let i = 1; i < xs.length; i++) {
        const part = { left: xs[i - 1]!, top: ys[j - 1]!, right: xs[i]!, bottom: ys[j]! };
        const { x, y } = middleOf(part);
        const isFree = !over.some((o) => o.left <= x && x <= o.right && o.top <= y && y <= o.bottom);
        if (isFree && isWide(part)) yield { x, y };
      }
    }
  }

  /** A point of the parts in view on which a press really reaches the element. */
  function pointOn(
    el: Element,
    steps: number,
    reaches: (top: Element | null) => ReturnType<typeof reach>,
  ): Point | undefined {
    let second: Point | undefined;
    const covers = new Set<Element>();
    const direct = (points: Iterable<Point>): Point | undefined => {
      for (const point of points) {
        const top = topAt(point.x, point.y);
        const how = reaches(top);
        if (how === "direct") return point;
        if (how === "indirect") second ??= point;
        else if (top && !holds(top, el)) covers.add(top);
      }
      return undefined;
    };
    for (const box of boxesOf(el)) {
      if (!isWide(box)) continue;
      covers.clear();
      let point = direct(gridOn(box, steps));
      // Under one cover may lie the next.
      for (let known = -1; !point && !second && known < covers.size && covers.size < manyCovers;) {
        known = covers.size;
        point = direct(uncovered(el, box, covers));
      }
      if (point) return point;
    }
    return second;
  }

  /** Where a click acts on an element: on itself, else on the label that stands for it. `controls` are better not hit. */
  function pointOf(el: Element, steps: number, controls: ReadonlySet<Element>): Point | undefined {
    const own = isSeen(el) ? pointOn(el, steps, (top) => reach(el, top, controls)) : undefined;
    const { labels, type } = el as HTMLInputElement;
    if (own || !labels || !(ticked.has(type) || el.getClientRects().length > 0)) return own;
    for (const label of labels) {
      if (!isSeen(label)) continue;
      const point = pointOn(label, steps, (top) => isLabelled(top, el) ? "direct" : "none");
      if (point) return point;
    }
    return undefined;
  }

  return { pointOf, holds };
}

export type Surface = ReturnType<typeof surface>;
