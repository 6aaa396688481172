import { type PointKind, pointKinds } from "./point-kinds.ts";

/** "12 fork, 3 scrolled": how many points are special in each way. */
export function kindsText(points: readonly { readonly kinds: readonly PointKind[] }[]): string {
  return pointKinds.map((kind) => `${points.filter(({ kinds }) => kinds.includes(kind)).length} ${kind}`).join(", ");
}
