import type { Elements } from "./elements.ts";
import type { Tree } from "./tree.ts";

type Path = readonly number[];
interface Bearing {
  readonly focus: Path | null;
  readonly ring: boolean;
  readonly caret: readonly [number, number, "forward" | "backward" | "none"] | null;
  readonly selection: readonly [Path, number, Path, number] | null;
  readonly scrolls: readonly (readonly [Path, number, number])[];
}

/** Runs inside the page: what belongs to the browser and not to the page's state, and facts to compare. Self-contained. */
// deno-lint-ignore explicit-module-boundary-types
export function bearing({ focused, documents }: Tree, { forget }: Elements) {
  /** Child-node indexes from the document down; undefined for nodes outside the document's own tree. */
  function pathTo(node: Node): number[] | undefined {
    const path: number[] = [];
    for (let n = node; n !== document; n = n.parentNode!) {
      if (!n.parentNode || n.parentNode.nodeType === 11) return undefined;
      path.unshift(Array.prototype.indexOf.call(n.parentNode.childNodes, n));
    }
    return path;
  }

  const at = (path: Path): Node | undefined => path.reduce<Node | undefined>((n, i) => n?.childNodes[i], document);

  function* scrolled(): Iterable<Element> {
    for (const el of document.querySelectorAll(":not(svg,svg *)")) {
      if (el.scrollTop !== 0 || el.scrollLeft !== 0) yield el;
    }
  }

  function caretOf(el: Element | null): Bearing["caret"] {
    const { selectionStart, selectionEnd, selectionDirection } = (el ?? {}) as Partial<HTMLInputElement>;
    if (typeof selectionStart !== "number") return null;
    return [selectionStart, selectionEnd ?? selectionStart, selectionDirection ?? "none"];
  }

  function selectionNow(): Bearing["selection"] {
    const now = getSelection();
    if (!now?.anchorNode || !now.focusNode) return null;
    const anchor = pathTo(now.anchorNode), focus = pathTo(now.focusNode);
    return anchor && focus ? [anchor, now.anchorOffset, focus, now.focusOffset] : null;
  }

  function take(): Bearing {
    const el = focused();
    const caret = caretOf(el);
    return {
      focus: el ? pathTo(el) ?? null : null,
      ring: el?.matches(":focus-visible") ?? false,
      caret,
      selection: caret ? null : selectionNow(),
      scrolls: Array.from(scrolled(), (e) => [pathTo(e) ?? [], e.scrollLeft, e.scrollTop] as const),
    };
  }

  /** Lets go of focus, selection and scroll before another state is shown; tells how many history entries there are. */
  function leave(): number {
    forget();
    (focused() as HTMLElement | null)?.blur();
    getSelection()?.removeAllRanges();
    for (const el of Array.from(scrolled())) el.scrollTo({ left: 0, top: 0, behavior: "instant" });
    return history.length;
  }

  /** Adds history entries after the present one and goes back by `back` of them. */
  async function enter(urls: readonly string[], back: number): Promise<void> {
    for (const url of urls) history.pushState(null, "", url);
    if (back === 0) return;
    await new Promise<void>((done) => {
      addEventListener("popstate", () => done(), { once: true });
      setTimeout(done, 1_000);
      history.go(-back);
    });
  }

  /** Focuses as a key (with a ring) or a click (without) would; if the browser lets it, so that a later key shows the ring. */
  function focusAs(el: HTMLElement, ring: boolean): void {
    const asked = { preventScroll: true, focusVisible: ring };
    for (const options of ring ? [asked] : [asked, { preventScroll: true }, asked]) {
      if (document.activeElement === el) el.blur();
      el.focus(options);
      if (options !== asked && !el.matches(":focus-visible")) return;
    }
  }

  /** Takes up a bearing that `take` reported of an equal page. */
  function stand({ focus, ring, caret, selection, scrolls }: Bearing): void {
    const wanted = focus ? at(focus) as HTMLInputElement | undefined : undefined;
    const now = focused() as HTMLElement | null;
    if (now && now !== wanted) now.blur();
    if (wanted && now !== wanted) focusAs(wanted, ring);
    if (wanted && caret) wanted.setSelectionRange(caret[0], caret[1], caret[2]);
    if (selection) {
      const anchor = at(selection[0]), end = at(selection[2]);
      if (anchor && end) getSelection()?.setBaseAndExtent(anchor, selection[1], end, selection[3]);
    }
    for (const [path, left, top] of scrolls) {
      (at(path) as Element | undefined)?.scrollTo({ left, top, behavior: "instant" });
    }
  }

  /** 64 bits; two texts that differ get different hashes but for chance. */
  function hash(text: string): string {
    let a = 0x811c9dc5, b = 0x9e3779b9;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      a = Math.imul(a ^ c, 0x01000193);
      b = Math.imul(b ^ c, 0x85ebca6b) ^ (b >>> 13);
    }
    return hex(a) + hex(b);
  }

  const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, "0");

  function stored(name: "localStorage" | "sessionStorage"): string {
    try {
      const entries = Object.entries(globalThis[name]).sort(([a], [b]) => a < b ? -1 : 1);
      return entries.length === 0 ? "" : hash(JSON.stringify(entries));
    } catch { // Forbidden on opaque origins.
      return "";
    }
  }

  /** Hash of a document's markup. Attributes of a tag count in any order: it tells how a page came to be, and nobody sees it. */
  function markupHash(html: string): string {
    let a = 0x811c9dc5, b = 0x9e3779b9; // Of all but the insides of tags.
    let x = a, y = b; // Of the name or attribute at hand.
    let sum = 0, other = 0; // Of those of the tag at hand, added up.
    let isInTag = false, isQuoted = false;
    for (let i = 0; i < html.length; i++) {
      const c = html.charCodeAt(i);
      if (isInTag && (isQuoted || (c !== 0x20 && c !== 0x3e))) {
        x = Math.imul(x ^ c, 0x01000193);
        y = Math.imul(y ^ c, 0x85ebca6b) ^ (y >>> 13);
        if (c === 0x22) isQuoted = !isQuoted;
        continue;
      }
      if (isInTag) {
        sum = (sum + x) | 0;
        other = (other + y) | 0;
        x = 0x811c9dc5, y = 0x9e3779b9;
        if (c === 0x20) continue;
        a = Math.imul(a ^ sum, 0x01000193);
        b = Math.imul(b ^ other, 0x85ebca6b) ^ (b >>> 13);
        sum = other = 0;
        isInTag = false;
      }
      a = Math.imul(a ^ c, 0x01000193);
      b = Math.imul(b ^ c, 0x85ebca6b) ^ (b >>> 13);
      isInTag = c === 0x3c && (html.charCodeAt(i + 1) | 0x20) >= 0x61;
    }
    return hex(a) + hex(b);
  }

  /** Named facts that two pages must share to be the same place. */
  function facts() {
    const now = take();
    const all = document.querySelector("iframe,frame") ? documents() : [document];
    const fields = all.flatMap((one) => Array.from(one.querySelectorAll("input,textarea,select")));
    const values = fields.map((el) => {
      const { type, checked, value } = el as HTMLInputElement;
      if (type === "select-multiple") return Array.from((el as HTMLSelectElement).selectedOptions, (o) => o.value);
      return type === "checkbox" || type === "radio" ? checked : value;
    });
    return {
      bearing: now,
      fingerprint: {
        url: location.href,
        title: document.title,
        dom: all.map((one) => markupHash(one.documentElement.outerHTML)).join(),
        values: hash(JSON.stringify(values)),
        storage: `${stored("localStorage")}/${stored("sessionStorage")}`,
        focus: JSON.stringify([now.focus, now.ring]),
        caret: JSON.stringify([now.caret, now.selection]),
        scroll: JSON.stringify(now.scrolls),
        history: String(history.length),
      },
    };
  }

  /** True when a document without an address holds something. */
  const isWritten = (): boolean => document.body !== null && document.body.childNodes.length > 0;

  /** Resolves after `count` frames. */
  async function frames(count: number): Promise<void> {
    for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
  }

  return { leave, enter, stand, facts, isWritten, frames };
}
