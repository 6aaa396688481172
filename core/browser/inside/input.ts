import type { Elements } from "./elements.ts";
import type { Roles } from "./roles.ts";

/** Runs inside the page: the parts of acting that input events cannot do. Self-contained. */
// deno-lint-ignore explicit-module-boundary-types
export function input({ squeeze, parentOf, valueOf, isEditable, focused }: Roles, { topAt }: Elements) {
  /** Values that are picked, not typed. */
  const picked = new Set(["date", "time", "datetime-local", "month", "week"]);

  /** Prepares the focused field for text: "typed" when it takes key strokes, "picked" when only `pick` can fill it. */
  function prepare(clear: boolean): "typed" | "picked" | "none" {
    const el = focused();
    if (!el || !isEditable(el)) return "none";
    if (picked.has((el as HTMLInputElement).type)) return "picked";
    if (clear && (el.localName === "input" || el.localName === "textarea")) (el as HTMLInputElement).select();
    else if (clear) getSelection()?.selectAllChildren(el);
    return "typed";
  }

  /** Gives a date or time field its value the way a picker would. */
  function pick(value: string): void {
    const el = focused() as HTMLInputElement;
    el.value = value;
    announce(el);
  }

  function announce(el: Element): void {
    el.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    el.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Value of the focused field; absent when none is editable. */
  function focusedValue(): string | undefined {
    const el = focused();
    return el && isEditable(el) ? valueOf(el) : undefined;
  }

  /** Text that a copy would take. */
  function selected(): string {
    const el = focused() as HTMLInputElement | null;
    const isField = el?.localName === "input" || el?.localName === "textarea";
    if (!isField || typeof el.selectionStart !== "number") return String(getSelection() ?? "");
    return el.type === "password" ? "" : el.value.slice(el.selectionStart, el.selectionEnd ?? undefined);
  }

  /** Offers text to the page as a paste; true when the browser should insert it. */
  function paste(text: string): boolean {
    const el = focused() ?? document.body;
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const isLeft = el.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }),
    );
    return isLeft && isEditable(el);
  }

  /** Scrolls as a wheel would: a cancelable event first, then the nearest ancestor that can move. */
  function scroll(x: number, y: number, dx: number, dy: number): void {
    const target = topAt(x, y) ?? document.documentElement;
    const wheel = { deltaX: dx, deltaY: dy, clientX: x, clientY: y, bubbles: true, cancelable: true, composed: true };
    if (!target.dispatchEvent(new WheelEvent("wheel", wheel))) return;
    const root = document.scrollingElement ?? document.documentElement;
    for (let e: Element | null = target; e; e = e === root ? null : parentOf(e) ?? root) {
      const { overflowX, overflowY } = getComputedStyle(e);
      const can = (overflow: string) => e === root || overflow === "auto" || overflow === "scroll";
      const { scrollLeft, scrollTop } = e;
      e.scrollBy({ left: can(overflowX) ? dx : 0, top: can(overflowY) ? dy : 0, behavior: "instant" });
      if (e.scrollLeft !== scrollLeft || e.scrollTop !== scrollTop) return;
    }
  }

  /** Chooses options of a native select at a point by label or value. */
  function select(x: number, y: number, labels: readonly string[]): "" | "NOT_EDITABLE" | "UNKNOWN_OPTION" {
    const top = topAt(x, y);
    const el = top?.closest("select") ?? top?.closest("label")?.control;
    if (!(el instanceof HTMLSelectElement) || el.disabled) return "NOT_EDITABLE";
    const wanted = labels.map((label) =>
      Array.from(el.options).find((o) => squeeze(o.text) === squeeze(label)) ??
        Array.from(el.options).find((o) => o.value === label)
    );
    if (wanted.some((o) => !o || o.disabled) || (wanted.length > 1 && !el.multiple)) return "UNKNOWN_OPTION";
    for (const option of el.options) option.selected = wanted.includes(option);
    announce(el);
    return "";
  }

  return { prepare, pick, focusedValue, selected, paste, scroll, select };
}
