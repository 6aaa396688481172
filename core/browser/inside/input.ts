import type { Roles } from "./roles.ts";
import type { Tree } from "./tree.ts";

/** What came of choosing options: nothing, or why it failed; `has` are the options there are, where one is lacking. */
export interface Selecting {
  readonly code?: "NOT_EDITABLE" | "UNKNOWN_OPTION";
  readonly has?: readonly string[];
}

/** Runs inside the page: the parts of acting that input events cannot do. Self-contained. */
// deno-lint-ignore explicit-module-boundary-types
export function input(
  { parentOf, topAt, focused, isFrame, documentIn }: Tree,
  { squeeze, valueOf, isEditable }: Roles,
) {
  /** Values that are picked, not typed. */
  const picked = new Set(["date", "time", "datetime-local", "month", "week"]);
  /** The fields that had focus while a text was typed. */
  let filled: Element[] = [];

  /**
   * Prepares the focused field for text. "typed": it takes key strokes, "ended": so, once End was pressed; "picked": only
   * `pick` can fill it; "unknown": it lies in a frame that cannot be read. The caret goes to the end when `isAppended`.
   */
  function prepare(o: { readonly clear: boolean; readonly isAppended: boolean }) {
    const el = focused();
    filled = el ? [el] : [];
    if (el && isFrame(el) && !documentIn(el)) return "unknown";
    if (!el || !isEditable(el)) return "none";
    const { type, value, localName } = el as HTMLInputElement;
    if (picked.has(type)) return "picked";
    const isField = localName === "input" || localName === "textarea";
    const selection = el.ownerDocument.getSelection();
    if (o.clear && isField) (el as HTMLInputElement).select();
    else if (o.clear) selection?.selectAllChildren(el);
    else if (o.isAppended && isField) {
      if ((el as HTMLInputElement).selectionStart === null) return "ended";
      (el as HTMLInputElement).setSelectionRange(value.length, value.length);
    } else if (o.isAppended && el.textContent !== "") {
      selection?.selectAllChildren(el);
      selection?.collapseToEnd();
    }
    return "typed";
  }

  /**
   * The keys that write `text` into the focused field, the thousands' commas of a number left out; undefined when the field
   * could not hold the result.
   */
  function keysFor(text: string, o: { readonly clear: boolean }): string | undefined {
    const { type, value } = focused() as HTMLInputElement;
    if (type !== "number" || text === "") return text;
    const plain = text.trim();
    const digits = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(",", "") : plain;
    const isNumber = /^[+-]?(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?$/i.test((o.clear ? "" : value) + digits);
    return isNumber ? digits : undefined;
  }

  /** Gives a date or time field its value the way a picker would; false, and nothing is changed, when the text is none. */
  function pick(text: string): boolean {
    const el = focused() as HTMLInputElement;
    const scratch = document.createElement("input");
    scratch.type = el.type;
    scratch.value = text.trim() === "" ? "" : isoOf(text.trim(), el.type);
    if (text.trim() !== "" && scratch.value === "") return false;
    el.value = scratch.value;
    announce(el);
    return true;
  }

  /** A date or time as the fields of en-US show it, or as the standard writes it, in the standard's form. */
  function isoOf(text: string, type: string): string {
    const two = (digits: string) => digits.padStart(2, "0");
    const date = (t: string): string => {
      const [, y, m, d] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(t) ?? [];
      const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(t) ?? [];
      return y ? `${y}-${two(m!)}-${two(d!)}` : year ? `${year}-${two(month!)}-${two(day!)}` : "";
    };
    const time = (t: string): string => {
      const [, h, minutes = ":00", half] = /^(\d{1,2})(:\d{2}(?::\d{2})?)?\s*([ap]m)?$/i.exec(t) ?? [];
      if (!h || (!half && !t.includes(":")) || (half && (Number(h) < 1 || Number(h) > 12))) return "";
      const hour = half ? Number(h) % 12 + (half.toLowerCase() === "pm" ? 12 : 0) : Number(h);
      return two(String(hour)) + minutes;
    };
    if (type === "date") return date(text);
    if (type === "time") return time(text);
    if (type === "datetime-local") {
      const [day = "", ...rest] = text.split(/[T\s,]+/);
      return `${date(day)}T${time(rest.join(" "))}`;
    }
    const [, month, year] = /^(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
    return type === "month" && year ? `${year}-${two(month!)}` : text;
  }

  function announce(el: Element): void {
    el.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    el.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Lets the page do what a key set off, and notes where the focus went. */
  async function turn(): Promise<void> {
    await new Promise((done) => setTimeout(done, 1));
    const el = focused();
    if (el && filled.at(-1) !== el) filled.push(el);
  }

  /** Whether text goes into an editable region rather than a field. */
  const isRich = (): boolean => (focused() as HTMLElement | null)?.isContentEditable === true;

  function breakLine(): void {
    focused()?.ownerDocument.execCommand("insertLineBreak");
  }

  /** What the fields that had focus during typing hold now; absent when none can be read. */
  function filledValue(): string | undefined {
    const el = focused();
    const values = [...new Set(el ? [...filled, el] : filled)].filter((e) => e.isConnected && isEditable(e)).map(
      valueOf,
    );
    return values.length === 0 ? undefined : values.join("");
  }

  /** Text that a copy would take. */
  function selected(): string {
    const el = focused() as HTMLInputElement | null;
    const isField = el?.localName === "input" || el?.localName === "textarea";
    const around = el?.ownerDocument ?? document;
    if (!isField || typeof el.selectionStart !== "number") return String(around.getSelection() ?? "");
    return el.type === "password" ? "" : el.value.slice(el.selectionStart, el.selectionEnd ?? undefined);
  }

  /** Offers text to the page as a paste; true when the browser should insert it. */
  function paste(text: string): boolean {
    const el = focused() ?? document.body;
    if (isFrame(el)) return true;
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
    const rootIn = (of: Document): Element => of.scrollingElement ?? of.documentElement;
    const outward = (e: Element): Element | null => {
      const root = rootIn(e.ownerDocument);
      if (e !== root) return parentOf(e)?.ownerDocument === e.ownerDocument ? parentOf(e) : root;
      return e.ownerDocument === document ? null : parentOf(e.ownerDocument.documentElement);
    };
    for (let e: Element | null = target; e; e = outward(e)) {
      const { overflowX, overflowY, overscrollBehaviorX, overscrollBehaviorY } = getComputedStyle(e);
      const isRoot = e === rootIn(e.ownerDocument);
      const can = (overflow: string) => isRoot || overflow === "auto" || overflow === "scroll";
      const { scrollLeft, scrollTop } = e;
      e.scrollBy({ left: can(overflowX) ? dx : 0, top: can(overflowY) ? dy : 0, behavior: "instant" });
      if (e.scrollLeft !== scrollLeft || e.scrollTop !== scrollTop) return;
      // What scrolls at all and is at its end may keep the rest for itself.
      const isKept = dx !== 0 && can(overflowX) && overscrollBehaviorX !== "auto" && e.scrollWidth > e.clientWidth ||
        dy !== 0 && can(overflowY) && overscrollBehaviorY !== "auto" && e.scrollHeight > e.clientHeight;
      if (isKept) return;
    }
  }

  /** Chooses options of a native select at a point by label or value; what it has instead where it lacks one. */
  function select(x: number, y: number, labels: readonly string[]): Selecting {
    const top = topAt(x, y);
    const el = (top?.closest("select") ?? top?.closest("label")?.control) as HTMLSelectElement | null | undefined;
    if (el?.localName !== "select" || el.disabled) return { code: "NOT_EDITABLE" };
    const wanted = labels.map((label) =>
      Array.from(el.options).find((o) => squeeze(o.text) === squeeze(label)) ??
        Array.from(el.options).find((o) => o.value === label)
    );
    if (wanted.some((o) => !o || o.disabled)) {
      return {
        code: "UNKNOWN_OPTION",
        has: Array.from(el.options).filter((o) => !o.disabled).map((o) => squeeze(o.text)),
      };
    }
    if (wanted.length > 1 && !el.multiple) return { code: "UNKNOWN_OPTION" };
    for (const option of el.options) option.selected = wanted.includes(option);
    announce(el);
    return {};
  }

  return { prepare, keysFor, pick, turn, isRich, breakLine, filledValue, selected, paste, scroll, select };
}
