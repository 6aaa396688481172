import { nextPointId, rootPointId } from "../action/point-id.ts";
import type { Group } from "../domain/group.ts";
import type { Slot } from "../record/slot.ts";

/** The point behind every decision of a slot: by the id of the group, then of the decision. */
export type PointsOf = ReadonlyMap<string, ReadonlyMap<number, string>>;

/**
 * Finds the points that a slot's groups were sampled at: a tree and episodes begin at the first page; step groups follow one
 * path, each where the branch chosen in the one before led.
 */
export function pointsOf({ id, groups }: Pick<Slot, "id" | "groups">): PointsOf {
  const found = new Map<string, ReadonlyMap<number, string>>();
  let at: string | undefined = rootPointId(id);
  for (const group of groups) {
    if (group.shape !== "step") {
      found.set(group.id, pointsIn(group, rootPointId(id)));
      continue;
    }
    if (at === undefined) break;
    found.set(group.id, pointsIn(group, at));
    const [decision] = group.decisions;
    const chosen = decision?.branches[decision.chosen ?? 0];
    at = chosen && nextPointId(at, chosen.sample.parsed);
  }
  return found;
}

/** Decisions stand after the one they come from. */
function pointsIn({ decisions }: Group, root: string): ReadonlyMap<number, string> {
  const points = new Map<number, string>();
  const byId = new Map(decisions.map((d) => [d.id, d]));
  for (const { id, parent } of decisions) {
    const above = parent && points.get(parent.decision);
    const branch = parent && byId.get(parent.decision)?.branches[parent.branch];
    if (!parent) points.set(id, root);
    else if (above !== undefined && branch) points.set(id, nextPointId(above, branch.sample.parsed));
  }
  return points;
}
