import type { Clickables } from "./clickables.ts";
import type { RoleTables } from "./role-tables.ts";
import type { Roles } from "./roles.ts";
import type { Surface } from "./surface.ts";
import type { Tree } from "./tree.ts";

/**
 * Runs inside the page: the visible interactive elements and the points that reach them. What can be seen and hit decides,
 * wherever in the document it stands. Self-contained.
 */
// deno-lint-ignore explicit-module-boundary-types
export function elements(
  { rootOf, isFrame, documentIn, parentOf, boxesOf, topAt }: Tree,
  { squeeze, cut, isListBox, roleOf, textOf, givenName, nameOf, isEditable, valueOf, statesOf }: Roles,
  { pointOf, holds }: Surface,
  { ask, isClickable, itemsOf, worthListing }: Clickables,
  tables: RoleTables,
) {
  const interactive = new Set(tables.interactive);
  const landmarks = new Set(tables.landmarks);
  const rows = new Set(tables.rows);
  const tags = new Set(["a", "area", "button", "input", "textarea", "select", "summary"]);

  interface Candidate {
    readonly el: Element;
    readonly role: string;
    readonly name?: string;
    /** Number of the readable frame it lies in, 0 for the tab's own document. */
    readonly frame: number;
    /** No role says that it takes clicks; a listener or the pointer's shape does. */
    readonly isWeak?: true;
  }
  interface Listed extends Candidate {
    /** What is clicked in its place: it lies under this, or is not drawn itself. */
    readonly by?: Element;
    readonly point: { readonly x: number; readonly y: number };
  }

  const nameIn = ({ el, role, name }: Candidate): string => name ?? cut(nameOf(el, role));

  /** The role of an element that says it takes clicks, keys or text; "" of any other. */
  function plainRole(el: Element): string {
    const tabindex = el.getAttribute("tabindex");
    const isMarked = tabindex !== null || el.hasAttribute("role") || el.hasAttribute("contenteditable") ||
      el.hasAttribute("onclick");
    const isOption = el.localName === "option" && isListBox(el.closest("select"));
    if (!isMarked && !isOption && !tags.has(el.localName)) return "";
    const role = roleOf(el);
    if (interactive.has(role) || isListBox(el)) return role;
    const isReachable = (tabindex !== null && Number(tabindex) >= 0) || el.hasAttribute("onclick");
    if (!isReachable || landmarks.has(role) || el.localName === "body" || isFrame(el)) return "";
    return role || weakRole(el);
  }

  const weakRole = (el: Element): string => roleOf(el) || (el.localName === "a" ? "link" : "generic");

  /** Interactive elements in document order, seen or not; what a frame holds stands where the frame does. */
  function candidates(): Candidate[] {
    const found: Candidate[] = [];
    const items = new Set<Element>();
    let frames = 0;
    const visit = (root: ParentNode, frame: number): void => {
      for (const el of root.querySelectorAll("*")) {
        const shadow = rootOf(el);
        if (shadow) visit(shadow, frame);
        if (isFrame(el)) {
          const inner = documentIn(el);
          if (!el.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
          if (inner) enter(inner, ++frames);
          else found.push({ el, role: "iframe", name: closedFrameName(el as HTMLIFrameElement), frame });
          continue;
        }
        const role = plainRole(el);
        if (role) found.push({ el, role, frame });
        else if (items.has(el) || isClickable(el)) {
          for (const item of itemsOf(el)) items.add(item);
          found.push({ el, role: weakRole(el), frame, isWeak: true });
        }
      }
    };
    const enter = (inner: Document, frame: number): void => {
      ask(inner);
      visit(inner, frame);
    };
    enter(document, 0);
    return found;
  }

  /** A frame of another origin is one entry: what it holds cannot be read, only seen in the picture. */
  function closedFrameName(frame: HTMLIFrameElement): string {
    const host = URL.canParse(frame.src) ? new URL(frame.src).host : "";
    const name = squeeze(givenName(frame) || frame.title) || host || "frame";
    return cut(`${name} (another site's frame${host && host !== name ? `, ${host}` : ""}; contents not listed)`);
  }

  function seen(): Listed[] {
    const all = candidates();
    const controls = new Set(all.map((c) => c.el));
    const reached = all.flatMap((c): Listed[] => {
      const point = pointOf(c.el, 3, controls);
      return point ? [{ ...c, point }] : [];
    });
    const weak = reached.filter((c) => c.isWeak);
    if (weak.length === 0) return reached;
    const strong = reached.filter((c) => !c.isWeak);
    const hits = new Set(strong.map((c) => c.el));
    const kept = worthListing(hits, weak.map((c) => c.el));
    const shown = reached.filter((c) => !c.isWeak || kept.has(c.el));
    const under = controlsUnder(all.filter((c) => !hits.has(c.el)), reached, shown);
    return withoutShells(shown.map((c) => {
      const control = under.get(c);
      return control ? { ...control, by: c.el, point: c.point, name: nameIn(control) || cut(textOf(c.el)) } : c;
    }));
  }

  /**
   * By what is shown: the one control under it that the pointer does not reach, as a range or a box under what is drawn for it. It
   * is listed in that place, and what is drawn is clicked.
   */
  function controlsUnder(
    unhit: readonly Candidate[],
    reached: readonly Listed[],
    shown: readonly Listed[],
  ): Map<Listed, Candidate | undefined> {
    const drawn = new Map(reached.filter((c) => !isSpoken(c)).map((c) => [c.el, c]));
    const under = new Map<Listed, Candidate | undefined>();
    for (const control of unhit) {
      if (!isSpoken(control) || !isDrawn(control.el)) continue;
      let around = parentOf(control.el);
      while (around && !drawn.has(around)) around = parentOf(around);
      const taker = around && drawn.get(around);
      if (!taker || reached.some((c) => c !== taker && !c.isWeak && holds(taker.el, c.el))) continue;
      // Where what takes the click is not shown, a part of it is that says as much.
      const place = shown.includes(taker)
        ? taker
        : shown.find((c) => holds(taker.el, c.el) && textOf(c.el) === textOf(taker.el));
      if (place) under.set(place, under.has(place) ? undefined : control);
    }
    return under;
  }

  /** Of two that say the same, one in the other, the inner one is pressed and listed, unless the outer has a role. */
  function withoutShells(shown: readonly Listed[]): Listed[] {
    return shown.filter((c) => {
      if (isSpoken(c)) return true;
      const inside = shown.filter((other) => other !== c && holds(c.el, other.el));
      const text = inside.length > 0 ? textOf(c.el) : "";
      return text === "" || !inside.some((other) => textOf(other.el) === text);
    });
  }

  /** False of what takes keys, but says by no role what it is. */
  const isSpoken = ({ el, role }: Candidate): boolean => interactive.has(role) || isListBox(el);

  /** Whether a field that cannot be hit may still be what a person sees something else of. */
  const isDrawn = (el: Element): boolean =>
    el.getAttribute("aria-hidden") !== "true" && el.checkVisibility({ visibilityProperty: true });

  function near(el: Element, cache: Map<Element, string>): string {
    for (let e = parentOf(el); e && e !== document.body; e = parentOf(e)) {
      const role = roleOf(e);
      if (landmarks.has(role)) return "";
      if (!rows.has(role) && e.localName !== "label") continue;
      let text = cache.get(e);
      if (text === undefined) cache.set(e, text = cut(textOf(e)));
      if (text) return text;
    }
    return "";
  }

  function region(el: Element, cache: Map<Element, string>): string {
    for (let e = parentOf(el); e; e = parentOf(e)) {
      const known = cache.get(e);
      if (known !== undefined) return known;
      const role = roleOf(e);
      if (!landmarks.has(role)) continue;
      const name = givenName(e);
      const text = cut(name ? `${role}:${name}` : role);
      cache.set(e, text);
      return text;
    }
    return "";
  }

  /** What the last observation listed, by id, until another state is shown. */
  let listed = new Map<string, Listed>();
  const forget = (): void => void (listed = new Map());

  /** `e3` is the fourth element listed of the tab's document, `f1e3` of its first readable frame. */
  function numbered(found: readonly Listed[]): Map<string, Listed> {
    const counts = new Map<number, number>();
    return new Map(found.map((c) => {
      const count = counts.get(c.frame) ?? 0;
      counts.set(c.frame, count + 1);
      return [`${c.frame === 0 ? "" : `f${c.frame}`}e${count}`, c];
    }));
  }

  const across = (xPx: number): number => Math.round(xPx / innerWidth * 1000);
  const down = (yPx: number): number => Math.round(yPx / innerHeight * 1000);

  /** The part in view; nothing for an element that is not drawn itself. */
  function boxOf(el: Element): { readonly box?: readonly [number, number, number, number] } {
    for (const { left, top, right, bottom } of boxesOf(el)) {
      if (right - left < 2 || bottom - top < 2) continue;
      return { box: [across(left), down(top), across(right) - across(left), down(bottom) - down(top)] };
    }
    return {};
  }

  /** What `Observation` says of the page, less its state key. */
  function observe() {
    const nears = new Map<Element, string>();
    const regions = new Map<Element, string>();
    listed = numbered(seen());
    const list = Array.from(listed, ([id, c]) => {
      const { el, role, point } = c;
      const value = valueOf(el);
      return {
        id,
        role,
        name: nameIn(c),
        ...(value === undefined ? {} : { value }),
        states: statesOf(el),
        near: near(el, nears),
        region: region(el, regions),
        centre: [across(point.x), down(point.y)],
        ...boxOf(c.by ?? el),
      };
    });
    return { url: location.href, title: document.title, elements: list };
  }

  /** Where an action would land on element `id` of the last observation, or why it cannot. */
  function resolve(id: string, expected?: { readonly role: string; readonly name: string }) {
    const isExpected = (c: Candidate) => !expected || (expected.role === c.role && expected.name === nameIn(c));
    const known = listed.get(id);
    if (known && isHere(known.el)) return isExpected(known) ? reached(known) : { error: "STALE_EL" };
    const found = numbered(seen()).get(id);
    if (found && isExpected(found)) return reached(found);
    const hidden = expected && candidates().find(isExpected);
    return hidden ? reached(hidden) : { error: "STALE_EL" };
  }

  /** False for what was taken out of the page, or whose frame shows another document by now. */
  function isHere(el: Element): boolean {
    return el.isConnected && (el.ownerDocument === document || el.ownerDocument.defaultView?.frameElement != null);
  }

  /** The spot of an element that stands on the page, or why the pointer does not get there. */
  function reached(c: Candidate & Pick<Listed, "by">) {
    const hit = c.by ?? c.el;
    const point = pointOf(hit, 5, new Set(Array.from(listed.values(), (other) => other.by ?? other.el)));
    if (point) return spot(c, point);
    for (const { left, right, top, bottom } of boxesOf(hit)) {
      if (right <= left || bottom <= top) break;
      return { error: "OCCLUDED" };
    }
    return { error: hit.getClientRects().length > 0 ? "OUT_OF_VIEW" : "STALE_EL" };
  }

  function spot(c: Candidate, { x, y }: Listed["point"]) {
    return { x, y, role: c.role, name: nameIn(c), editable: isEditable(c.el) };
  }

  /** What lies at a point of the viewport, as the nearest interactive element around it. */
  function at(x: number, y: number) {
    const weakly = new Map(Array.from(listed.values()).filter((c) => c.isWeak || c.by).map((c) => [c.by ?? c.el, c]));
    for (let el = topAt(x, y); el; el = parentOf(el)) {
      const role = roleOf(el);
      if (interactive.has(role)) return spot({ el, role, frame: 0 }, { x, y });
      const weak = weakly.get(el);
      if (weak) return spot(weak, { x, y });
    }
    return { x, y, role: "", name: "", editable: false };
  }

  return { observe, resolve, at, forget };
}

export type Elements = ReturnType<typeof elements>;
