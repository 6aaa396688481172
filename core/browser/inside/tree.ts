/** CSS pixels of the tab's viewport. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
/** How a document's own pixels lie in the tab: `tab = own * scale + shift`, and what of it can be seen. */
export interface View extends Box {
  readonly scale: readonly [number, number];
  readonly shift: readonly [number, number];
}

/**
 * Runs inside the page: the tree a person looks at, in which shadow trees and readable frames are no borders. Points and
 * boxes are CSS pixels of the tab's viewport. `closedRoots` is filled by whoever knows closed shadow roots. Self-contained.
 */
// deno-lint-ignore explicit-module-boundary-types
export function tree() {
  const closedRoots = new WeakMap<Element, ShadowRoot>();
  const rootOf = (el: Element): ShadowRoot | undefined => el.shadowRoot ?? closedRoots.get(el);
  const isFrame = ({ localName }: Element): boolean => localName === "iframe" || localName === "frame";

  /** The document in a frame; absent where it belongs to another origin. */
  function documentIn(frame: Element): Document | undefined {
    const inner = isFrame(frame) ? (frame as HTMLIFrameElement).contentDocument : null;
    return inner?.documentElement ? inner : undefined;
  }

  /** The element around another as they are drawn: slots, shadow hosts and frames lie on the way. */
  function parentOf(el: Element): Element | null {
    const parent = el.assignedSlot ?? el.parentElement;
    if (parent) return parent;
    const root = el.getRootNode();
    if ((root as ShadowRoot).host) return (root as ShadowRoot).host;
    return root === document ? null : (root as Document).defaultView?.frameElement ?? null;
  }

  function viewOf(of: Document): View {
    const frame = of === document ? null : of.defaultView?.frameElement as HTMLElement | null | undefined;
    if (!frame) return { left: 0, top: 0, right: innerWidth, bottom: innerHeight, scale: [1, 1], shift: [0, 0] };
    const outer = viewOf(frame.ownerDocument);
    const box = frame.getBoundingClientRect();
    const style = frame.ownerDocument.defaultView!.getComputedStyle(frame);
    const inner = [box.width / (frame.offsetWidth || 1), box.height / (frame.offsetHeight || 1)] as const;
    const scale = [outer.scale[0] * inner[0], outer.scale[1] * inner[1]] as const;
    const border = [
      frame.clientLeft + parseFloat(style.paddingLeft),
      frame.clientTop + parseFloat(style.paddingTop),
    ] as const;
    const shift = [
      outer.shift[0] + box.left * outer.scale[0] + border[0] * scale[0],
      outer.shift[1] + box.top * outer.scale[1] + border[1] * scale[1],
    ] as const;
    const { innerWidth: width, innerHeight: height } = of.defaultView!;
    return {
      left: Math.max(outer.left, shift[0]),
      top: Math.max(outer.top, shift[1]),
      right: Math.min(outer.right, shift[0] + width * scale[0]),
      bottom: Math.min(outer.bottom, shift[1] + height * scale[1]),
      scale,
      shift,
    };
  }

  function shown(box: Box, { left, top, right, bottom, scale: [sx, sy], shift: [dx, dy] }: View): Box {
    return {
      left: Math.max(left, box.left * sx + dx),
      top: Math.max(top, box.top * sy + dy),
      right: Math.min(right, box.right * sx + dx),
      bottom: Math.min(bottom, box.bottom * sy + dy),
    };
  }

  /** An area of an image map: its shape's bounds on the first image that uses the map. */
  function areaBox(area: HTMLAreaElement): Box {
    const map = area.closest("map")?.name;
    const images = (area.getRootNode() as Document | ShadowRoot).querySelectorAll<HTMLImageElement>("img[usemap]");
    const image = Array.from(images).find((i) => i.useMap === `#${map}`);
    const { left = 0, top = 0, right = 0, bottom = 0 } = image?.getBoundingClientRect() ?? {};
    const n = area.coords.split(/[\s,]+/).map(Number);
    if (area.shape === "default" || n.length < 3 || n.some(Number.isNaN)) return { left, top, right, bottom };
    const isCircle = area.shape.startsWith("circ");
    const xs = isCircle ? [n[0]! - n[2]!, n[0]! + n[2]!] : n.filter((_, i) => i % 2 === 0);
    const ys = isCircle ? [n[1]! - n[2]!, n[1]! + n[2]!] : n.filter((_, i) => i % 2 === 1);
    return {
      left: left + Math.min(...xs),
      top: top + Math.min(...ys),
      right: left + Math.max(...xs),
      bottom: top + Math.max(...ys),
    };
  }

  /** The parts of an element's box that lie in view: the whole first, then the lines of text that wraps. */
  function* boxesOf(el: Element): Iterable<Box> {
    const view = viewOf(el.ownerDocument);
    if (el.localName === "area") return yield shown(areaBox(el as HTMLAreaElement), view);
    yield shown(el.getBoundingClientRect(), view);
    const lines = el.getClientRects();
    if (lines.length > 1) { for (const line of lines) yield shown(line, view); }
  }

  /** The topmost element at a point, inside shadow trees and readable frames too. */
  function topAt(x: number, y: number): Element | null {
    let outer: Element | null = null;
    for (let within: Document | undefined = document; within;) {
      const { scale, shift } = viewOf(within);
      const px = (x - shift[0]) / scale[0], py = (y - shift[1]) / scale[1];
      let top = within.elementFromPoint(px, py);
      for (let root = top && rootOf(top); top && root; root = rootOf(top)) {
        // A text in a slot is hit by way of the host; what is drawn around it comes next.
        const inner: Element | undefined = root.elementsFromPoint(px, py).find((e) => e.getRootNode() === root);
        if (!inner) break;
        top = inner;
      }
      if (!top) break;
      outer = top;
      within = documentIn(top);
    }
    return outer;
  }

  /** The element with focus, in whatever shadow tree or readable frame. */
  function focused(): Element | null {
    let el = document.activeElement;
    for (let inner = el; inner; inner = rootOf(el!)?.activeElement ?? documentIn(el!)?.activeElement ?? null) {
      el = inner;
    }
    return !el || el.localName === "body" || el === el.ownerDocument.documentElement ? null : el;
  }

  /** The documents that can be read: the tab's own and, from outside in, those of its frames. */
  function documents(): Document[] {
    const found: Document[] = [];
    const enter = (root: Document | ShadowRoot): void => {
      for (const el of root.querySelectorAll("*")) {
        const shadow = rootOf(el);
        if (shadow) enter(shadow);
        const inner = documentIn(el);
        if (inner) visit(inner);
      }
    };
    const visit = (one: Document): void => {
      found.push(one);
      enter(one);
    };
    visit(document);
    return found;
  }

  /** Whether a shadow tree has no second field: then what its host says and shows is the field's. */
  const isOfOneField = (root: ShadowRoot): boolean =>
    root.querySelectorAll("input, select, textarea, [contenteditable]").length <= 1;

  return { closedRoots, rootOf, isFrame, documentIn, parentOf, boxesOf, topAt, focused, documents, isOfOneField };
}

export type Tree = ReturnType<typeof tree>;
