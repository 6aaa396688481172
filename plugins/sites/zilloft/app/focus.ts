import { find, scrollPanes } from "halo-agent/site/app";
import { pathOf } from "../state/routes.ts";
import type { ZilloftState } from "../state/state.ts";

/** Puts focus and scroll where a user expects them after an action. */
export function focusAfter(
  { before, after, root }: { readonly before: ZilloftState; readonly after: ZilloftState; readonly root: HTMLElement },
): void {
  const isElsewhere = pathOf(before) !== pathOf(after) || before.search !== after.search ||
    before.order !== after.order;
  if (isElsewhere) scrollPanes(root);
  if (after.form !== null && before.form !== null && after.form.step !== before.form.step) {
    find(root, ".form-body")?.scrollTo({ top: 0, behavior: "instant" });
    find(root, "#form-first")?.focus();
  }
  if (after.panel !== null && after.panel.name !== before.panel?.name) {
    find(root, ".panel button, .panel input")?.focus();
  }
}
