import { listView } from "../state/select.ts";
import type { GoMailState } from "../state/state.ts";

/** Puts focus and scroll where a user expects them after an action. */
export function focusAfter(before: GoMailState, after: GoMailState, root: HTMLElement): void {
  const focus = (selector: string): void => root.querySelector<HTMLElement>(selector)?.focus();
  if (after.dialog !== null && before.dialog === null) return focus("#label-name");
  if (after.compose !== null && after.compose.draftId !== before.compose?.draftId) return focus("#compose-to");
  if (after.compose?.showCc === true && before.compose?.showCc === false) return focus("#compose-cc");
  if (after.reply !== null && before.reply === null) {
    focus("#reply-body");
    return root.querySelector("#reply")?.scrollIntoView({ block: "nearest" });
  }
  if (after.searchInput === "" && before.searchInput !== "" && document.activeElement === document.body) {
    focus("#search");
  }
  if (place(after) !== place(before)) scrollUp(root);
}

/** Takes focus, text selection and scroll offsets out of the page, so that a state looks the same whatever was shown before. */
export function forgetPlace(root: HTMLElement): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  getSelection()?.removeAllRanges();
  scrollUp(root);
  for (const area of root.querySelectorAll("textarea")) area.scrollTop = 0;
}

function scrollUp(root: HTMLElement): void {
  for (const pane of root.querySelectorAll(".pane")) pane.scrollTop = 0;
}

function place(state: GoMailState): string {
  const { folder, query, page } = listView(state);
  return `${state.view.name} ${folder} ${query} ${page}`;
}
