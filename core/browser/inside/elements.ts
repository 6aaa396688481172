import type { Roles } from "./roles.ts";

/** Runs inside the page: the visible interactive elements and the points that reach them. Self-contained. */
// deno-lint-ignore explicit-module-boundary-types
export function elements({ cut, parentOf, roleOf, textOf, givenName, nameOf, isEditable, valueOf, statesOf }: Roles) {
  const interactive = new Set(
    ("button link checkbox radio switch textbox searchbox combobox spinbutton slider option menuitem menuitemcheckbox " +
      "menuitemradio tab treeitem gridcell").split(" "),
  );
  const landmarks = new Set(
    ("dialog alertdialog navigation main search toolbar menu listbox banner complementary contentinfo form region " +
      "tablist menubar").split(" "),
  );
  const rows = new Set("row listitem option group status alert treeitem radiogroup article".split(" "));
  const tags = new Set(["a", "button", "input", "textarea", "select", "summary"]);

  interface Point {
    readonly x: number;
    readonly y: number;
  }
  interface Candidate {
    readonly el: Element;
    readonly role: string;
  }

  /** The topmost element at a point, inside shadow trees too. */
  function topAt(x: number, y: number): Element | null {
    let top = document.elementFromPoint(x, y);
    while (top?.shadowRoot) {
      const inner = top.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === top) break;
      top = inner;
    }
    return top;
  }

  function hits(el: Element, { x, y }: Point): boolean {
    const top = topAt(x, y);
    for (let e = top; e; e = parentOf(e)) if (e === el) return true;
    return top?.closest("label")?.control === el;
  }

  /** A point of the visible part that really hits the element: the middle first, then a grid of `steps` × `steps`. */
  function pointOf(el: Element, steps: number): Point | undefined {
    const box = el.getBoundingClientRect();
    const left = Math.max(0, box.left), right = Math.min(innerWidth, box.right);
    const top = Math.max(0, box.top), bottom = Math.min(innerHeight, box.bottom);
    if (right - left < 2 || bottom - top < 2) return undefined;
    const at = (fx: number, fy: number): Point => ({ x: left + (right - left) * fx, y: top + (bottom - top) * fy });
    const middle = at(0.5, 0.5);
    if (hits(el, middle)) return middle;
    for (let i = 0; i < steps * steps; i++) {
      const point = at((Math.floor(i / steps) + 0.5) / steps, (i % steps + 0.5) / steps);
      if (hits(el, point)) return point;
    }
    return undefined;
  }

  /** The open dialog that hides the rest of the page. */
  function openModal(): Element | undefined {
    const modals = document.querySelectorAll('[aria-modal="true"],dialog:modal');
    return Array.from(modals).findLast((m) => m.getClientRects().length > 0);
  }

  /** Interactive elements in document order, seen or not. */
  function candidates(): Candidate[] {
    const found: Candidate[] = [];
    const modal = openModal();
    const visit = (root: ParentNode): void => {
      for (const el of root.querySelectorAll("*")) {
        if (el.shadowRoot) visit(el.shadowRoot);
        const tabindex = el.getAttribute("tabindex");
        const isMarked = tabindex !== null || el.hasAttribute("role") || el.hasAttribute("contenteditable") ||
          el.hasAttribute("onclick");
        if (!isMarked && !tags.has(el.localName)) continue;
        const role = roleOf(el);
        const isReachable = (tabindex !== null && Number(tabindex) >= 0) || el.hasAttribute("onclick");
        if (!interactive.has(role) && (!isReachable || landmarks.has(role) || el.localName === "body")) continue;
        if (modal && !modal.contains(el)) continue;
        if (el.closest('[aria-hidden="true"],[inert]')) continue;
        found.push({ el, role: role || "generic" });
      }
    };
    visit(document);
    return found;
  }

  function seen(): (Candidate & { readonly point: Point })[] {
    return candidates().flatMap((c) => {
      const point = pointOf(c.el, 3);
      return point ? [{ ...c, point }] : [];
    });
  }

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

  /** What the last observation listed, until another state is shown. */
  let listed: readonly Candidate[] = [];
  const forget = (): void => void (listed = []);

  /** What `Observation` says of the page, less its state key. */
  function observe() {
    const nears = new Map<Element, string>();
    const regions = new Map<Element, string>();
    const found = seen();
    listed = found;
    const list = found.map(({ el, role, point }, i) => {
      const value = valueOf(el);
      return {
        id: `e${i}`,
        role,
        name: cut(nameOf(el, role)),
        ...(value === undefined ? {} : { value }),
        states: statesOf(el),
        near: near(el, nears),
        region: region(el, regions),
        centre: [Math.round(point.x / innerWidth * 1000), Math.round(point.y / innerHeight * 1000)],
      };
    });
    return { url: location.href, title: document.title, elements: list };
  }

  /** Where an action would land on element `id` of the last observation, or why it cannot. */
  function resolve(id: string, expected?: { readonly role: string; readonly name: string }) {
    const isExpected = ({ el, role }: Candidate) =>
      !expected || (expected.role === role && expected.name === cut(nameOf(el, role)));
    const index = Number(id.slice(1));
    const known = listed[index];
    if (known?.el.isConnected && isExpected(known) && (openModal()?.contains(known.el) ?? true)) {
      const point = pointOf(known.el, 5);
      if (point) return spot(known, point);
    }
    const found = seen()[index];
    if (found && isExpected(found)) return spot(found, pointOf(found.el, 5) ?? found.point);
    const hidden = expected && candidates().find(isExpected);
    if (!hidden) return { error: expected && behindModal(expected) ? "OCCLUDED" : "STALE_EL" };
    const { left, right, top, bottom } = hidden.el.getBoundingClientRect();
    if (right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight) return { error: "OUT_OF_VIEW" };
    return { error: right > left && bottom > top && !pointOf(hidden.el, 5) ? "OCCLUDED" : "STALE_EL" };
  }

  function behindModal({ role, name }: { readonly role: string; readonly name: string }): boolean {
    const isSame = (el: Element) => roleOf(el) === role && cut(nameOf(el, role)) === name;
    return openModal() !== undefined && Array.from(document.querySelectorAll("*")).some(isSame);
  }

  function spot({ el, role }: Candidate, { x, y }: Point) {
    return { x, y, role, name: cut(nameOf(el, role)), editable: isEditable(el) };
  }

  /** What lies at a point of the viewport, as the nearest interactive element around it. */
  function at(x: number, y: number) {
    for (let el = topAt(x, y); el; el = parentOf(el)) {
      const role = roleOf(el);
      if (interactive.has(role)) return spot({ el, role }, { x, y });
    }
    return { x, y, role: "", name: "", editable: false };
  }

  return { observe, resolve, at, topAt, forget };
}

export type Elements = ReturnType<typeof elements>;
