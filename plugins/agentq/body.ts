import type { Branch, Decision, GroupBody } from "halo-agent";
import { bestPath } from "./best-path.ts";
import type { Searched } from "./search.ts";
import type { Node } from "./tree.ts";

/** A finished search as a group: a decision for each node, `chosen` along the best path. Empty when the root had ended. */
export function bodyOf({ tree, simulations, look, unreachable }: Searched, alpha: number): GroupBody {
  const decisions = tree.nodes.map(decisionOf);
  const chosen = new Map(bestPath(decisions, alpha).map(({ decision, branch }) => [decision, branch]));
  return {
    shape: "tree",
    decisions: decisions.map((d) => chosen.has(d.id) ? { ...d, chosen: chosen.get(d.id)! } : d),
    search: { simulations, unreachable, ...(look.critic.calls > 0 && { critic: { ...look.critic } }) },
  };
}

function decisionOf({ id, at, parent, draw, arms }: Node): Decision {
  const branches = arms.map(({ sample, edge, stats: { visits, mcts }, critic }): Branch => {
    const target = edge?.ok ? edge.to.history.at(-1)?.target : undefined;
    return {
      sample,
      ...(target && { target }),
      ...(edge?.ok && { reward: edge.reward, terms: edge.terms, ...(edge.to.end && { end: edge.to.end }) }),
      ...(edge && !edge.ok && { fault: edge.fault }),
      q: { visits, mcts, ...(critic !== undefined && { critic }) },
    };
  });
  return {
    id,
    ...(parent && { parent: { decision: parent.node.id, branch: parent.arm } }),
    stateKey: at.observation.stateKey,
    prompt: draw.prompt,
    branches,
  };
}
