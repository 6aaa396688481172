import type { Condition } from "./condition-schema.ts";

/** What a page says to a list of conditions: the index of the first that fails, and whether that is for a selector that is none. */
export interface Held {
  readonly failed: number;
  readonly isBad: boolean;
  /** Indexes of the conditions whose selector fits something on the page, shown or not. */
  readonly met: readonly number[];
  readonly url: string;
}

/** Runs inside the page: looks which of the conditions holds. Self-contained: its source text goes to the page. */
export function lookAt(conditions: readonly Condition[]): Held {
  const squeeze = (text: string): string => text.replace(/\s+/g, " ").trim();
  const isShown = (el: Element): boolean => el.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const fits = (glob: string): boolean => {
    const url = glob.startsWith("/") ? location.pathname + location.search + location.hash : location.href;
    const parts = glob.split("*").map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "su").test(url);
  };
  const isTicked = (el: Element): boolean =>
    el instanceof HTMLInputElement
      ? el.checked
      : ["aria-checked", "aria-pressed", "aria-selected"].some((name) => el.getAttribute(name) === "true");
  const isLike = (el: Element, { text, value, checked }: Condition): boolean =>
    isShown(el) &&
    (text === undefined || squeeze((el as HTMLElement).innerText ?? el.textContent ?? "").includes(squeeze(text))) &&
    (value === undefined || (el as HTMLInputElement).value === value) &&
    (checked === undefined || isTicked(el) === checked);
  const holds = (c: Condition): boolean => {
    const isAt = c.url === undefined || fits(c.url);
    const elements = c.element === undefined ? undefined : Array.from(document.querySelectorAll(c.element));
    const isThere = elements
      ? elements.some((el) => isLike(el, c))
      : c.text === undefined || squeeze(document.body?.innerText ?? "").includes(squeeze(c.text));
    return (isAt && isThere) !== (c.absent === true);
  };
  const url = location.href;
  const met: number[] = [];
  for (const [i, { element }] of conditions.entries()) {
    try {
      if (element !== undefined && document.querySelector(element)) met.push(i);
    } catch {
      return { failed: i, isBad: true, met, url };
    }
  }
  return { failed: conditions.findIndex((condition) => !holds(condition)), isBad: false, met, url };
}
