import type { Example } from "../domain/batch.ts";
import type { Decision, Group } from "../domain/group.ts";
import type { Sample } from "../domain/sample.ts";

type Place = NonNullable<Decision["parent"]>;

/** A line of tree.jsonl. What a critic said and what was tried stand apart. */
export type TreeRecord =
  & { readonly group: string }
  & (
    | { readonly type: "node"; readonly node: number; readonly parent?: Place; readonly stateKey: string }
    | {
      readonly type: "expand";
      readonly node: number;
      readonly proposals: readonly { readonly text: string; readonly logprob?: number }[];
    }
    | { readonly type: "critic"; readonly node: number; readonly q_critic: readonly (number | null)[] }
    | { readonly type: "visit"; readonly simulation: number; readonly path: readonly Place[] }
    | {
      readonly type: "backup";
      readonly simulation: number;
      readonly value: number;
      readonly by: string;
      /** After it, from the root down. */
      readonly path: readonly (Place & { readonly visits: number; readonly q_mcts: number })[];
    }
    | {
      readonly type: "pair";
      readonly node: number;
      /** Branches. */
      readonly chosen: number;
      readonly rejected: number;
      readonly q_mcts: readonly [chosen: number, rejected: number];
      readonly q_critic?: readonly [chosen: number, rejected: number];
    }
  );

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
    for (const place of path) grow(keyOf(place));
    if (value === undefined) continue;
    const after = path.map((place) => {
      const { visits, q_mcts } = seen.get(keyOf(place)) ?? { visits: 0, q_mcts: 0 };
      const now = { visits: visits + 1, q_mcts: (q_mcts * visits + value) / (visits + 1) };
      seen.set(keyOf(place), now);
      return { ...place, ...now };
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
  const places = new Map<Sample, Place>(
    decisions.flatMap((d) => d.branches.map(({ sample }, i) => [sample, { decision: d.id, branch: i }] as const)),
  );
  const qAt = ({ decision, branch }: Place) => decisions.find((d) => d.id === decision)?.branches[branch]?.q;
  return taught.flatMap((e): readonly TreeRecord[] => {
    const [chosen, rejected] = e.kind === "pair" ? [places.get(e.chosen), places.get(e.rejected)] : [];
    const [c, r] = [chosen && qAt(chosen), rejected && qAt(rejected)];
    if (!chosen || !rejected || !c || !r) return [];
    return [{
      type: "pair",
      group: id,
      node: chosen.decision,
      chosen: chosen.branch,
      rejected: rejected.branch,
      q_mcts: [c.mcts, r.mcts],
      ...(c.critic !== undefined && r.critic !== undefined && { q_critic: [c.critic, r.critic] as const }),
    }];
  });
}

const keyOf = ({ decision, branch }: Place): string => `${decision}/${branch}`;
