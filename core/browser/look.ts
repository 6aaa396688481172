/**
 * Runs inside the page, in an isolated world: what the agent can see and act on. Reads only; nothing is written into the
 * page's DOM. Must stay self-contained, because its source text is what the page receives.
 */
export function installLook(): void {
  const interactive = new Set([
    "button",
    "link",
    "checkbox",
    "radio",
    "switch",
    "textbox",
    "searchbox",
    "combobox",
    "spinbutton",
    "slider",
    "option",
    "menuitem",
    "menuitemcheckbox",
    "menuitemradio",
    "tab",
    "treeitem",
    "gridcell",
  ]);
  const landmarks = new Set([
    "dialog",
    "alertdialog",
    "navigation",
    "main",
    "search",
    "toolbar",
    "menu",
    "listbox",
    "banner",
    "complementary",
    "contentinfo",
    "form",
    "region",
    "tablist",
    "menubar",
  ]);
  const rows = new Set(["row", "listitem", "option", "group", "status", "alert", "treeitem", "radiogroup", "article"]);
  const selector = "a[href],button,input,textarea,select,summary,[role],[tabindex],[contenteditable]";
  const squeeze = (text: string): string => text.replace(/\s+/g, " ").trim();

  function implied(el: Element): string {
    switch (el.localName) {
      case "a":
        return el.hasAttribute("href") ? "link" : "";
      case "button":
      case "summary":
        return "button";
      case "textarea":
        return "textbox";
      case "select":
        return (el as HTMLSelectElement).multiple ? "listbox" : "combobox";
      case "option":
        return "option";
      case "nav":
        return "navigation";
      case "main":
        return "main";
      case "header":
        return "banner";
      case "footer":
        return "contentinfo";
      case "aside":
        return "complementary";
      case "dialog":
        return "dialog";
      case "search":
        return "search";
      case "form":
        return el.hasAttribute("aria-label") || el.hasAttribute("aria-labelledby") ? "form" : "";
      case "section":
        return el.hasAttribute("aria-label") || el.hasAttribute("aria-labelledby") ? "region" : "";
      case "tr":
        return "row";
      case "li":
        return "listitem";
      case "fieldset":
        return "group";
      case "article":
        return "article";
      case "input": {
        const type = (el as HTMLInputElement).type;
        if (type === "hidden") return "";
        if (type === "checkbox" || type === "radio") return type;
        if (["button", "submit", "reset", "image", "file", "color"].includes(type)) return "button";
        if (type === "range") return "slider";
        if (type === "number") return "spinbutton";
        if (el.hasAttribute("list")) return "combobox";
        return type === "search" ? "searchbox" : "textbox";
      }
    }
    return (el as HTMLElement).isContentEditable && el.hasAttribute("contenteditable") ? "textbox" : "";
  }

  const roleOf = (el: Element): string => el.getAttribute("role")?.trim().split(/\s+/)[0] || implied(el);

  function textOf(el: Element): string {
    let text = "";
    const visit = (node: Node): void => {
      if (node.nodeType === 3) text += `${node.nodeValue} `;
      else if (node.nodeType === 1) {
        const child = node as Element;
        const tag = child.localName;
        if (tag === "script" || tag === "style" || tag === "svg" || tag === "textarea" || tag === "select") return;
        if (child.getAttribute("aria-hidden") === "true" && child !== el) return;
        if (tag === "img") text += `${child.getAttribute("alt") ?? ""} `;
        for (let n = child.firstChild; n; n = n.nextSibling) visit(n);
      }
    };
    visit(el);
    return squeeze(text);
  }

  function labelledBy(el: Element): string {
    const ids = el.getAttribute("aria-labelledby");
    if (!ids) return "";
    return squeeze(ids.split(/\s+/).map((id) => el.ownerDocument.getElementById(id)).map((e) => e ? textOf(e) : "").join(" "));
  }

  function nameOf(el: Element, role: string): string {
    const given = labelledBy(el) || squeeze(el.getAttribute("aria-label") ?? "");
    if (given) return given;
    const labels = (el as HTMLInputElement).labels;
    if (labels && labels.length > 0) {
      const text = squeeze(Array.from(labels, textOf).join(" "));
      if (text) return text;
    }
    const type = (el as HTMLInputElement).type;
    if (el.localName === "input" && ["button", "submit", "reset"].includes(type)) return squeeze((el as HTMLInputElement).value);
    const isField = role === "textbox" || role === "searchbox" || role === "combobox" || role === "spinbutton";
    const text = isField ? "" : textOf(el);
    return text || squeeze(el.getAttribute("alt") ?? el.getAttribute("title") ?? el.getAttribute("placeholder") ?? "");
  }

  function isEditable(el: Element): boolean {
    if ((el as HTMLElement).isContentEditable) return true;
    if (el.localName === "textarea") return !(el as HTMLTextAreaElement).readOnly;
    if (el.localName !== "input") return false;
    const { type, readOnly } = el as HTMLInputElement;
    return !readOnly && !["checkbox", "radio", "button", "submit", "reset", "image", "file", "color", "range", "hidden"].includes(type);
  }

  function valueOf(el: Element): string | undefined {
    if (el.localName === "select") return Array.from((el as HTMLSelectElement).selectedOptions, (o) => squeeze(o.text)).join(", ");
    if (el.localName === "input" && (el as HTMLInputElement).type === "password") return "•".repeat((el as HTMLInputElement).value.length);
    if (isEditable(el)) return el.localName === "input" || el.localName === "textarea" ? (el as HTMLInputElement).value : textOf(el);
    return el.getAttribute("aria-valuetext") ?? el.getAttribute("aria-valuenow") ?? undefined;
  }

  function statesOf(el: Element): string[] {
    const states: string[] = [];
    const aria = (name: string) => el.getAttribute(`aria-${name}`);
    const input = el as HTMLInputElement;
    const isTicked = el.localName === "input" && (input.type === "checkbox" || input.type === "radio");
    if (aria("checked") === "true" || (isTicked && input.checked)) states.push("checked");
    if (aria("expanded") === "false") states.push("collapsed");
    if (input.disabled === true || aria("disabled") === "true") states.push("disabled");
    if (isEditable(el)) states.push("editable");
    if (aria("expanded") === "true") states.push("expanded");
    if (focusedElement() === el) states.push("focused");
    if (el.localName === "textarea" || aria("multiline") === "true" || (el as HTMLElement).isContentEditable) states.push("multiline");
    if (aria("pressed") === "true") states.push("pressed");
    if (input.required === true || aria("required") === "true") states.push("required");
    if (aria("selected") === "true" || (aria("current") !== null && aria("current") !== "false")) states.push("selected");
    return states;
  }

  function focusedElement(): Element | null {
    let el = document.activeElement;
    while (el?.shadowRoot?.activeElement) el = el.shadowRoot.activeElement;
    return el === document.body ? null : el;
  }

  const parentOf = (el: Element): Element | null => el.parentElement ?? ((el.getRootNode() as ShadowRoot).host ?? null);

  function hit(el: Element, x: number, y: number): boolean {
    let top = document.elementFromPoint(x, y);
    while (top?.shadowRoot) {
      const inner = top.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === top) break;
      top = inner;
    }
    for (let e: Element | null = top; e; e = parentOf(e)) if (e === el) return true;
    const label = top?.closest("label");
    return label?.control === el;
  }

  /** The visible part of an element and a point of it that really hits it: the middle first, then a grid of 5 × 5. */
  function place(el: Element, steps: number): { x: number; y: number } | undefined {
    const box = el.getBoundingClientRect();
    const left = Math.max(0, box.left), right = Math.min(innerWidth, box.right);
    const top = Math.max(0, box.top), bottom = Math.min(innerHeight, box.bottom);
    if (right - left < 2 || bottom - top < 2) return undefined;
    const at = (fx: number, fy: number) => ({ x: left + (right - left) * fx, y: top + (bottom - top) * fy });
    const middle = at(0.5, 0.5);
    if (hit(el, middle.x, middle.y)) return middle;
    for (let i = 0; i < steps * steps; i++) {
      const point = at((Math.floor(i / steps) + 0.5) / steps, (i % steps + 0.5) / steps);
      if (hit(el, point.x, point.y)) return point;
    }
    return undefined;
  }

  interface Found {
    readonly el: Element;
    readonly role: string;
    readonly point: { readonly x: number; readonly y: number };
  }

  /** Visible interactive elements in document order; a modal dialog hides the rest of the page. */
  function find(): Found[] {
    const found: Found[] = [];
    const modals = Array.from(document.querySelectorAll('[aria-modal="true"],dialog:modal')).filter((m) => m.getClientRects().length > 0);
    const modal = modals.at(-1);
    const visit = (root: ParentNode): void => {
      for (const el of root.querySelectorAll("*")) {
        if (el.shadowRoot) visit(el.shadowRoot);
        if (!el.matches(selector)) continue;
        if (modal && !modal.contains(el)) continue;
        const role = roleOf(el);
        const tabindex = el.getAttribute("tabindex");
        const isFocusable = tabindex !== null && Number(tabindex) >= 0;
        if (!interactive.has(role) && !(isFocusable && role !== "" && !landmarks.has(role)) && !(isFocusable && role === "" && el.localName !== "body")) continue;
        if (el.closest('[aria-hidden="true"],[inert]')) continue;
        const point = place(el, 3);
        if (point) found.push({ el, role: role || "generic", point });
      }
    };
    visit(document);
    return found;
  }

  const cut = (text: string): string => text.length > 200 ? text.slice(0, 200) : text;

  function near(el: Element, cache: Map<Element, string>): string {
    for (let e = parentOf(el); e && e !== document.body; e = parentOf(e)) {
      const role = roleOf(e);
      if (landmarks.has(role)) return "";
      if (!rows.has(role) && e.localName !== "label") continue;
      let text = cache.get(e);
      if (text === undefined) cache.set(e, text = cut(textOf(e)));
      return text;
    }
    return "";
  }

  function region(el: Element, cache: Map<Element, string>): string {
    for (let e: Element | null = parentOf(el); e; e = parentOf(e)) {
      const known = cache.get(e);
      if (known !== undefined) return known;
      const role = roleOf(e);
      if (!landmarks.has(role)) continue;
      const name = labelledBy(e) || squeeze(e.getAttribute("aria-label") ?? "");
      const text = cut(name ? `${role}:${name}` : role);
      cache.set(e, text);
      return text;
    }
    return "";
  }

  function observe(): unknown {
    const nearCache = new Map<Element, string>();
    const regionCache = new Map<Element, string>();
    const elements = find().map(({ el, role, point }, i) => {
      const value = valueOf(el);
      return {
        id: `e${i}`,
        role,
        name: cut(nameOf(el, role)),
        ...(value === undefined ? {} : { value }),
        states: statesOf(el),
        near: near(el, nearCache),
        region: region(el, regionCache),
        centre: [Math.round(point.x / innerWidth * 1000), Math.round(point.y / innerHeight * 1000)],
      };
    });
    return { url: location.href, title: document.title, elements };
  }

  /** Where to click an element of the last observation, or why not. */
  function resolve(id: string, expected: { role: string; name: string } | undefined): unknown {
    const found = find()[Number(id.slice(1))];
    if (!found) return { error: "STALE_EL" };
    const name = cut(nameOf(found.el, found.role));
    if (expected && (expected.role !== found.role || expected.name !== name)) return { error: "STALE_EL" };
    const point = place(found.el, 5);
    if (!point) return { error: "OCCLUDED" };
    return { x: point.x, y: point.y, role: found.role, name, editable: isEditable(found.el) };
  }

  /** What lies at a point of the viewport, as the nearest interactive element around it. */
  function at(x: number, y: number): unknown {
    for (let e = document.elementFromPoint(x, y); e; e = parentOf(e)) {
      const role = roleOf(e);
      if (interactive.has(role)) return { x, y, role, name: cut(nameOf(e, role)), editable: isEditable(e) };
    }
    return { x, y, role: "", name: "", editable: false };
  }

  /** Selects all text of the focused field; false when nothing editable has focus. */
  function selectAll(isAll: boolean): boolean {
    const el = focusedElement();
    if (!el || !isEditable(el)) return false;
    if (!isAll) return true;
    if (el.localName === "input" || el.localName === "textarea") (el as HTMLInputElement).select();
    else getSelection()?.selectAllChildren(el);
    return true;
  }

  /** Value of the focused field, undefined when none is editable. */
  function focusedValue(): string | undefined {
    const el = focusedElement();
    return el && isEditable(el) ? valueOf(el) : undefined;
  }

  /** Scrolls like a wheel would: a cancelable event first, then the nearest scrollable ancestor that can move. */
  function scroll(x: number, y: number, dx: number, dy: number): void {
    const target = document.elementFromPoint(x, y) ?? document.documentElement;
    const event = new WheelEvent("wheel", { deltaX: dx, deltaY: dy, clientX: x, clientY: y, bubbles: true, cancelable: true, composed: true });
    if (!target.dispatchEvent(event)) return;
    for (let e: Element | null = target; e; e = parentOf(e)) {
      const isRoot = e === document.documentElement;
      const style = getComputedStyle(e);
      const scrollsY = isRoot || /auto|scroll/.test(style.overflowY), scrollsX = isRoot || /auto|scroll/.test(style.overflowX);
      const [left, top] = [e.scrollLeft, e.scrollTop];
      e.scrollBy({ left: scrollsX ? dx : 0, top: scrollsY ? dy : 0, behavior: "instant" });
      if (e.scrollLeft !== left || e.scrollTop !== top) return;
    }
  }

  /** Chooses options of a native select at a point by label or value. */
  function select(x: number, y: number, labels: readonly string[]): string {
    const el = document.elementFromPoint(x, y)?.closest("select");
    if (!el) return "NOT_EDITABLE";
    const wanted = labels.map((label) => Array.from(el.options).find((o) => squeeze(o.text) === label || o.value === label));
    if (wanted.some((o) => o === undefined)) return "UNKNOWN_OPTION";
    for (const option of el.options) option.selected = wanted.includes(option);
    el.dispatchEvent(new Event("input", { bubbles: true }));
    el.dispatchEvent(new Event("change", { bubbles: true }));
    return "";
  }

  const pathTo = (el: Element): number[] => {
    const path: number[] = [];
    for (let e: Element = el; e.parentElement; e = e.parentElement) path.unshift(Array.prototype.indexOf.call(e.parentElement.children, e));
    return path;
  };
  const byPath = (path: readonly number[]): Element | undefined => path.reduce<Element | undefined>((e, i) => e?.children[i], document.documentElement);

  /** Focus, caret and scroll: what belongs to the browser and not to the page's own state. */
  function stance() {
    const scrolls: [number[], number, number][] = [];
    for (const el of document.querySelectorAll("*")) {
      if (el.scrollTop !== 0 || el.scrollLeft !== 0) scrolls.push([pathTo(el), el.scrollLeft, el.scrollTop]);
    }
    const el = focusedElement();
    const field = el as HTMLInputElement | null;
    let caret: [number, number] | null = null;
    try {
      if (field && typeof field.selectionStart === "number") caret = [field.selectionStart, field.selectionEnd ?? field.selectionStart];
    } catch {
      caret = null;
    }
    return { focus: el ? pathTo(el) : null, caret, scrolls };
  }

  /** Takes up a stance that `stance` reported. */
  function stand(s: { focus: number[] | null; caret: [number, number] | null; scrolls: [number[], number, number][] }): void {
    const wanted = s.focus ? byPath(s.focus) as HTMLElement | undefined : undefined;
    const now = focusedElement() as HTMLElement | null;
    if (now && now !== wanted) now.blur();
    if (wanted && now !== wanted) wanted.focus({ preventScroll: true });
    if (wanted && s.caret) (wanted as HTMLInputElement).setSelectionRange(s.caret[0], s.caret[1]);
    for (const [path, left, top] of s.scrolls) byPath(path)?.scrollTo({ left, top, behavior: "instant" });
  }

  function hash(text: string): string {
    let a = 0x811c9dc5, b = 0x9e3779b9;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      a = Math.imul(a ^ c, 0x01000193);
      b = Math.imul(b ^ c, 0x85ebca6b) ^ (b >>> 13);
    }
    return (a >>> 0).toString(16).padStart(8, "0") + (b >>> 0).toString(16).padStart(8, "0");
  }

  /** Named facts that two pages must share to be the same place. */
  function facts(): unknown {
    const now = stance();
    const { focus, caret, scrolls } = now;
    const values = Array.from(document.querySelectorAll("input,textarea,select"), (el) => {
      const input = el as HTMLInputElement;
      return input.type === "checkbox" || input.type === "radio" ? String(input.checked) : input.value;
    });
    const fingerprint = {
      url: location.href,
      title: document.title,
      dom: hash(document.documentElement.outerHTML),
      values: hash(JSON.stringify(values)),
      focus: JSON.stringify(focus),
      caret: JSON.stringify(caret),
      scroll: JSON.stringify(scrolls),
    };
    return { fingerprint, stance: now };
  }

  const frames = (): Promise<boolean> => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));
  Object.assign(globalThis, {
    __look: { observe, resolve, at, selectAll, focusedValue, scroll, select, stand, facts, frames },
  });
}
