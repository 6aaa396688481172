import type { Example } from "../../domain/batch.ts";
import type { Decision, Group } from "../../domain/group.ts";
import type { Sample } from "../../domain/sample.ts";
import type { TreeRecord, TreeSpot } from "../../record/tree.ts";

/** How a tree group grew, in the order of its simulations, and the pairs it taught; empty for other groups. */
export function treeRecords(group: Group, taught: readonly Example[]): readonly TreeRecord[] {
  if (!group.search) return [];
  const { id, decisions, search } = group;
  const lines: TreeRecord[] = [];
  const waiting = new Map(decisions.map((d) => [d.parent ? keyOf(d.parent) : "", d]));
  const grow = (key: string) => {
    const decision = waiting.get(key);
    if (decision) lines.push(...nodeRecords(id, decision));
    waiting.delete(key);
  };
  grow("");
  const seen = new Map<string, { visits: number; q_mcts: number }>();
  for (const [i, { path, value, by = "" }] of search.simulations.entries()) {
    lines.push({ type: "visit", group: id, simulation: i + 1, path });
    for (const spot of path) grow(keyOf(spot));
    if (value === undefined) continue;
    const after = path.map((spot) => {
      const { visits, q_mcts } = seen.get(keyOf(spot)) ?? { visits: 0, q_mcts: 0 };
      const now = { visits: visits + 1, q_mcts: (q_mcts * visits + value) / (visits + 1) };
      seen.set(keyOf(spot), now);
      return { ...spot, ...now };
    });
    lines.push({ type: "backup", group: id, simulation: i + 1, value, by, path: after });
  }
  return [...lines, ...pairRecords(group, taught)];
}

function nodeRecords(group: string, { id: node, parent, stateKey, branches }: Decision): readonly TreeRecord[] {
  const proposals = branches.map(({ sample: { text, logprob } }) => ({
    text,
    ...(logprob !== undefined && { logprob }),
  }));
  const q_critic = branches.map(({ q }) => q?.critic ?? null);
  return [
    { type: "node", group, node, ...(parent && { parent }), stateKey },
    { type: "expand", group, node, proposals },
    ...(q_critic.some((q) => q !== null) ? [{ type: "critic", group, node, q_critic } as const] : []),
  ];
}

function pairRecords({ id, decisions }: Group, taught: readonly Example[]): readonly TreeRecord[] {
  const spots = new Map<Sample, TreeSpot>(
    decisions.flatMap((d) => d.branches.map(({ sample }, i) => [sample, { decision: d.id, branch: i }] as const)),
  );
  const qAt = ({ decision, branch }: TreeSpot) => decisions.find((d) => d.id === decision)?.branches[branch]?.q;
  return taught.flatMap((e): readonly TreeRecord[] => {
    if (e.kind !== "pair") return [];
    const chosen = spots.get(e.chosen);
    const rejected = spots.get(e.rejected);
    const better = chosen && qAt(chosen);
    const worse = rejected && qAt(rejected);
    if (!chosen || !rejected || !better || !worse) return [];
    return [{
      type: "pair",
      group: id,
      node: chosen.decision,
      chosen: chosen.branch,
      rejected: rejected.branch,
      q_mcts: [better.mcts, worse.mcts],
      ...(better.critic !== undefined && worse.critic !== undefined && {
        q_critic: [better.critic, worse.critic] as const,
      }),
    }];
  });
}

const keyOf = ({ decision, branch }: TreeSpot): string => `${decision}/${branch}`;
