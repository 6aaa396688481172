import type { Branch } from "../domain/group.ts";
import type { Edge } from "../domain/point.ts";

/** An edge as a group records it: what the sample was paid and how the episode ended, or the fault in place of both. */
export function branchOf(edge: Edge): Branch {
  const { sample } = edge;
  if (!edge.ok) return { sample, fault: edge.fault };
  const { to, reward, terms } = edge;
  const target = to.history.at(-1)?.target;
  return { sample, reward, terms, ...(target && { target }), ...(to.end && { end: to.end }) };
}
