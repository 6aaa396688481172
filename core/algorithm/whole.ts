import type { Edge, Reached } from "../domain/point.ts";
import type { Fault } from "../domain/verdict.ts";
import { HaloError } from "../util/errors.ts";

/**
 * The edges of a group, each one reached. A group is whole or it is nothing: throws HALO_GROUP_FAULT for a branch whose
 * fault outlived its retries, because a group that shrank in silence would teach something else.
 */
export function whole(edges: readonly Edge[]): readonly Reached[] {
  return edges.map((edge) => {
    if (edge.ok) return edge;
    throw groupFault(edge.fault);
  });
}

/** The error that ends a run when a branch of a group cannot be reached. */
export function groupFault(fault: Fault): HaloError {
  const { kind, code, message } = fault;
  return new HaloError("HALO_GROUP_FAULT", `a branch failed (${kind}, ${code}): ${message}`, {
    cause: fault,
    hint: "the run can be resumed; the group is explored again from its keys",
  });
}
