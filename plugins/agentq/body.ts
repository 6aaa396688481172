import type { Branch, Decision, GroupBody } from "halo-agent";
import { branchOf } from "halo-agent/kit";
import { bestPath } from "./best-path.ts";
import type { Searched } from "./search.ts";
import type { Node } from "./tree.ts";

/** A finished search as a group: a decision for each node, `chosen` along the best path. Empty when the root had ended. */
export function bodyOf({ tree, simulations, world, unreachable }: Searched, alpha: number): GroupBody {
  const decisions = tree.nodes.map(decisionOf);
  const chosen = new Map(bestPath(decisions, alpha).map(({ decision, branch }) => [decision, branch]));
  return {
    shape: "tree",
    decisions: decisions.map((d) => chosen.has(d.id) ? { ...d, chosen: chosen.get(d.id)! } : d),
    search: { simulations, unreachable, ...(world.critic.calls > 0 && { critic: { ...world.critic } }) },
  };
}

function decisionOf({ id, at, parent, draw, proposals }: Node): Decision {
  const branches = proposals.map(({ sample, edge, stats: { visits, mcts }, critic }): Branch => ({
    ...(edge && branchOf(edge)),
    sample,
    q: { visits, mcts, ...(critic !== undefined && { critic }) },
  }));
  return {
    id,
    ...(parent && { parent: { decision: parent.node.id, branch: parent.index } }),
    stateKey: at.observation.stateKey,
    prompt: draw.prompt,
    branches,
  };
}
