import type { Stance } from "../../core/browser/stance.ts";
import type { SeenPoint } from "../../core/record/seen.ts";

/** Pages that are harder to show again than a page at rest. */
export const pointKinds = ["fork", "scrolled", "half-typed", "dialog", "menu"] as const;
export type PointKind = typeof pointKinds[number];

/** What is special about a recorded point of a replica site; `isTrunk` is true on the path that the episode took. */
export function kindsOf({ page, mark }: SeenPoint, { isTrunk }: { readonly isTrunk: boolean }): readonly PointKind[] {
  const { bearing } = mark!.state as Stance;
  const has: Readonly<Record<PointKind, boolean>> = {
    fork: !isTrunk,
    scrolled: bearing.scrolls.some(([, x, y]) => x !== 0 || y !== 0),
    "half-typed": page.elements.some(({ states, value = "" }) => states.includes("focused") && value !== ""),
    dialog: page.dialog !== undefined || page.elements.some(({ region }) => /^(alert)?dialog/.test(region)),
    menu: page.elements.some(({ states }) => states.includes("expanded")),
  };
  return pointKinds.filter((kind) => has[kind]);
}
