import { nextPointId, rootPointId } from "../action/point-id.ts";
import type { Parsed } from "../domain/action.ts";
import type { Branch, Decision, Group } from "../domain/group.ts";
import type { Slot } from "../record/slot.ts";

/** The point behind every decision of a slot: by the id of the group, then of the decision. */
export type PointsOf = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** Finds the points that a slot's groups were sampled at. */
export function pointsOf({ id, groups }: Pick<Slot, "id" | "groups">): PointsOf {
  const starts = startsOf({ id, groups });
  return new Map(groups.flatMap((group) => {
    const start = starts.get(group.id);
    return start === undefined ? [] : [[group.id, pointsIn(group, start)]];
  }));
}

/** The point behind one decision of a group, found by the way that led there; undefined where that is not known. */
export function pointBehind(
  { id, groups }: Pick<Slot, "id" | "groups">,
  { group, decision }: { readonly group: Group; readonly decision: Decision },
): string | undefined {
  const start = startsOf({ id, groups }).get(group.id);
  const way = wayTo(group, decision);
  return way && start !== undefined ? way.reduce(nextPointId, start) : undefined;
}

/**
 * The points that the groups of a slot begin at, by the ids of the groups: a tree and episodes begin at the first page; step
 * groups follow one path, each where the branch chosen in the one before led.
 */
function startsOf({ id, groups }: Pick<Slot, "id" | "groups">): ReadonlyMap<string, string> {
  const root = rootPointId(id);
  const starts = new Map<string, string>();
  let at: string | undefined = root;
  for (const { id, shape, decisions: [decision] } of groups) {
    if (shape !== "step") {
      starts.set(id, root);
      continue;
    }
    if (at === undefined) break;
    starts.set(id, at);
    const chosen: Branch | undefined = decision?.branches[decision.chosen ?? 0];
    at = chosen && nextPointId(at, chosen.sample.parsed);
  }
  return starts;
}

/** Decisions stand after the one they come from. */
function pointsIn({ decisions }: Group, start: string): ReadonlyMap<number, string> {
  const points = new Map<number, string>();
  const byId = byIdOf(decisions);
  for (const decision of decisions) {
    const { id, parent } = decision;
    const above = parent && points.get(parent.decision);
    const branch = branchTo(decision, byId);
    if (!parent) points.set(id, start);
    else if (above !== undefined && branch) points.set(id, nextPointId(above, branch.sample.parsed));
  }
  return points;
}

/** What the policy's outputs were read as from the group's first point to a decision; undefined where one is not there. */
function wayTo({ decisions }: Group, to: Decision): readonly Parsed[] | undefined {
  const byId = byIdOf(decisions);
  const way: Parsed[] = [];
  for (let at = to; at.parent; at = byId.get(at.parent.decision)!) {
    const branch = branchTo(at, byId);
    if (!branch || way.length > decisions.length) return undefined;
    way.unshift(branch.sample.parsed);
  }
  return way;
}

type DecisionsById = ReadonlyMap<number, Decision>;

const byIdOf = (decisions: readonly Decision[]): DecisionsById => new Map(decisions.map((d) => [d.id, d]));

const branchTo = ({ parent }: Decision, byId: DecisionsById): Branch | undefined =>
  parent && byId.get(parent.decision)?.branches[parent.branch];
