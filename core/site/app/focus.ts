import { selector } from "./alias.ts";

/** The first element a selector names on this page, whatever its names are here. */
export function find(root: HTMLElement, name: string): HTMLElement | null {
  return root.querySelector<HTMLElement>(selector(name));
}

/** Scrolls every `.pane` to its top; those that `keeps` names to `px`. */
export function scrollPanes(root: HTMLElement, keeps = "", px = 0): void {
  for (const pane of root.querySelectorAll(selector(".pane"))) {
    pane.scrollTop = keeps !== "" && pane.matches(selector(keeps)) ? px : 0;
  }
}

/** Takes focus, text selection and scroll offsets out of the page, so that a state looks the same whatever was shown before. */
export function forgetPlace(root: HTMLElement): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  getSelection()?.removeAllRanges();
  scrollPanes(root);
  for (const area of root.querySelectorAll("textarea")) area.scrollTop = 0;
}
