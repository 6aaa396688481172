import { find, scrollPanes } from "halo-agent/site/app";
import { listView } from "../state/select.ts";
import type { GoMailState } from "../state/state.ts";

/** Puts focus and scroll where a user expects them after an action. */
export function focusAfter(
  { before, after, root }: { readonly before: GoMailState; readonly after: GoMailState; readonly root: HTMLElement },
): void {
  const focus = (name: string): void => find(root, name)?.focus();
  const isNew = after.compose?.draftId !== before.compose?.draftId;
  if (place(after) !== place(before)) {
    scrollPanes(root, "main *", isReturn(before, after) ? before.view.scroll ?? 0 : 0);
  } else if (cursor(after) !== cursor(before)) find(root, ".cursor")?.scrollIntoView({ block: "nearest" });
  if (after.dialog !== null && before.dialog === null) return; // its first field has the focus
  if (after.compose !== null && isNew) return focus(after.compose.to.length > 0 ? "#compose-subject" : "#compose-to");
  if (after.compose?.showCc === true && before.compose?.showCc === false) return focus("#compose-cc");
  if (after.reply !== null && before.reply === null) {
    focus("#reply-body");
    return find(root, "#reply")?.scrollIntoView({ block: "nearest" });
  }
  if (after.searchInput === "" && before.searchInput !== "" && document.activeElement === document.body) {
    focus("#search");
  }
}

/** How far the list on screen is scrolled, in px. */
export function scrollOf(root: HTMLElement): number {
  return Math.round(find(root, ".rows")?.scrollTop ?? 0);
}

/** True when an opened mail was left for the list it was opened from. */
function isReturn(
  before: GoMailState,
  after: GoMailState,
): before is GoMailState & { readonly view: { readonly name: "message" } } {
  if (before.view.name !== "message" || after.view.name !== "list") return false;
  const { folder, query, page } = before.view.back;
  return after.view.folder === folder && after.view.query === query && after.view.page === page;
}

function cursor({ view }: GoMailState): string | undefined {
  return view.name === "list" ? view.cursor : undefined;
}

function place(state: GoMailState): string {
  const { folder, query, page } = listView(state);
  return `${state.view.name} ${state.view.name === "message" ? state.view.id : ""} ${folder} ${query} ${page}`;
}
