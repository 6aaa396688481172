import type { Roles } from "./roles.ts";
import type { Surface } from "./surface.ts";
import type { Tree } from "./tree.ts";

/**
 * Runs inside the page: what a page takes clicks on without saying so by a role: elements with a listener, which the click
 * probe tells, and those that change the pointer's shape by themselves. Self-contained.
 */
// deno-lint-ignore explicit-module-boundary-types
export function clickables(
  { closedRoots, parentOf, boxesOf }: Tree,
  { textOf }: Roles,
  { holds }: Surface,
  isOwn: boolean,
) {
  const listeningNow = new Set<Element>();
  let cursors = new Map<Element, string>();
  const items = new Set(["li", "tr", "td", "dt", "dd"]);
  const lists = new Set(["ul", "ol", "menu", "dl", "tbody", "table"]);
  const pictures = new Set(["canvas", "svg", "img"]);

  /** Asks the probe of a document for elements that listen, and for closed shadow roots. */
  function ask(within: Document): void {
    if (isOwn) return;
    if (within === document) {
      listeningNow.clear();
      cursors = new Map();
    }
    const answer = (e: Event) => {
      for (const { startContainer: node } of (e as InputEvent).getTargetRanges()) {
        if (node.nodeType === 11) closedRoots.set((node as ShadowRoot).host, node as ShadowRoot);
        else listeningNow.add(node as Element);
      }
    };
    within.addEventListener("halo:tell", answer, { capture: true, once: true });
    within.dispatchEvent(new Event("halo:ask"));
    within.removeEventListener("halo:tell", answer, { capture: true });
  }

  function cursorOf(el: Element | null): string {
    if (!el) return "";
    let cursor = cursors.get(el);
    if (cursor === undefined) cursors.set(el, cursor = getComputedStyle(el).cursor);
    return cursor;
  }

  const hasPointer = (el: Element): boolean => cursorOf(el) === "pointer" && cursorOf(parentOf(el)) !== "pointer";

  /** Whether an element that has no interactive role may take clicks. */
  function isClickable(el: Element): boolean {
    if (isOwn || el.localName === "body" || el.localName === "html" || el.localName === "label") return false;
    return listeningNow.has(el) || hasPointer(el);
  }

  /** Whether a listener belongs to so much of the page that it hears others' clicks rather than its own. */
  function isWide(el: Element): boolean {
    for (const { left, top, right, bottom } of boxesOf(el)) {
      return !pictures.has(el.localName) && (right - left) * (bottom - top) * 2 > innerWidth * innerHeight;
    }
    return false;
  }

  /** The items of a list that listens for all of them. */
  function itemsOf(el: Element): Element[] {
    return lists.has(el.localName) ? Array.from(el.querySelectorAll("*")).filter((e) => isItem(e, el)) : [];
  }

  const isItem = (e: Element, list: Element): boolean =>
    list.localName.startsWith("t") ? e.localName === "td" : e.parentElement === list && items.has(e.localName);

  /**
   * Of visible elements that may take clicks (`weak`) keeps those that add something to what is listed anyway, `strong`:
   * not the parts and wrappers of a control, not a container that hears the clicks on what it contains.
   */
  function worthListing(strong: ReadonlySet<Element>, weak: readonly Element[]): Set<Element> {
    const kept = new Set<Element>();
    const outer = new Set<Element>();
    const mark = (el: Element) => {
      for (let e = parentOf(el); e && !outer.has(e); e = parentOf(e)) outer.add(e);
    };
    strong.forEach(mark);
    // From inside out: what is kept inside decides about what is around it.
    for (const el of [...weak].reverse()) {
      if (isPart(el, strong)) continue;
      const isAround = outer.has(el);
      const isItemLike = hasPointer(el) || (items.has(el.localName) && listeningNow.has(el));
      if (isAround ? !isItemLike || isWrapper(el, strong, kept) : !hasPointer(el) && isWide(el)) continue;
      kept.add(el);
      mark(el);
    }
    return kept;
  }

  /** Whether an element belongs to a control around it, which does what a click on it does. */
  function isPart(el: Element, strong: ReadonlySet<Element>): boolean {
    for (let e = parentOf(el); e; e = parentOf(e)) {
      if (e.localName === "label" && (e as HTMLLabelElement).control) return true;
      if (!strong.has(e)) continue;
      const text = textOf(el);
      if (text === textOf(e)) return true;
      // The cross on a tag: it has the hand, what it lies on has not.
      if (hasPointer(el) && cursorOf(e) !== "pointer") return false;
      return text === "" || !listeningNow.has(el);
    }
    return false;
  }

  /** Whether one control inside says all that an element says. */
  function isWrapper(el: Element, strong: ReadonlySet<Element>, kept: ReadonlySet<Element>): boolean {
    const text = textOf(el);
    const isSame = (e: Element): boolean => (el.contains(e) || holds(el, e)) && textOf(e) === text;
    for (const e of strong) if (isSame(e)) return true;
    for (const e of kept) if (isSame(e)) return true;
    return false;
  }

  return { ask, isClickable, itemsOf, worthListing };
}

export type Clickables = ReturnType<typeof clickables>;
