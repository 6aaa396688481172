/**
 * GRPO over whole episodes, written against the public entry alone: n rollouts from the start, one group of chains, the
 * episode's return centred in the group and given to each of its steps.
 */
import {
  type Branch,
  type Decision,
  definePlugin,
  type Edge,
  type Example,
  type Explorer,
  type Group,
  type GroupBody,
  HaloError,
  type Point,
} from "halo-agent";

export default definePlugin({
  kind: "algorithm",
  name: "contract-trajectory",
  summary: "Trajectory groups: the return of an episode against the mean of its group.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: { num_generations: { type: "integer", minimum: 2, default: 4, description: "Episodes per group." } },
  },
  create({ num_generations: n }) {
    return {
      loss: { kind: "grpo", kl_coef: 0, epsilon_low: 0.2, epsilon_high: 0.2 },
      emits: ["advantage"],
      forks: true,
      temperature: 1,
      numGenerations: n,
      explore: (_goal, io) => trajectories(io, n),
      credit: creditOf,
    };
  },
});

async function* trajectories(io: Explorer, n: number): AsyncGenerator<GroupBody> {
  const root = await io.root();
  const draw = await io.draw(root, { n, mode: "sample", temperature: 1, key: "rollouts" });
  const first = await Promise.all(draw.samples.map((sample) => io.step(root, sample)));
  const decisions: Decision[] = [{
    id: 0,
    stateKey: root.observation.stateKey,
    prompt: draw.prompt,
    branches: first.map((edge) => branchOf(whole(edge))),
  }];
  for (const [i, edge] of first.entries()) {
    let at: Point = whole(edge).to;
    let parent = { decision: 0, branch: i };
    while (!at.end) {
      const { prompt, samples: [sample] } = await io.draw(at, {
        n: 1,
        mode: "sample",
        temperature: 1,
        key: `rollout ${i}`,
      });
      const next = whole(await io.step(at, sample!));
      decisions.push({
        id: decisions.length,
        parent,
        stateKey: at.observation.stateKey,
        prompt,
        branches: [branchOf(next)],
      });
      parent = { decision: decisions.length - 1, branch: 0 };
      at = next.to;
    }
  }
  yield { shape: "trajectory", decisions };
}

/** Each episode's return against the group's mean, for each of its steps. */
function creditOf(group: Group): readonly Example[] {
  const chains = (group.decisions[0]?.branches ?? []).map((_, i) => chainOf(group, i));
  const returns = chains.map((chain) => chain.reduce((sum, { branch }) => sum + (branch.reward ?? 0), 0));
  const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
  if (returns.every((r) => r === returns[0])) return [];
  return chains.flatMap((chain, i) =>
    chain.map(({ decision, branch }): Example => ({
      kind: "advantage",
      group: group.id,
      prompt: decision.prompt,
      sample: branch.sample,
      advantage: returns[i]! - mean,
      weight: 1 / chains.length,
    }))
  );
}

function chainOf({ decisions }: Group, start: number): { readonly decision: Decision; readonly branch: Branch }[] {
  const chain = [{ decision: decisions[0]!, branch: decisions[0]!.branches[start]! }];
  for (let link = { decision: 0, branch: start };;) {
    const next = decisions.find(({ parent }) => parent?.decision === link.decision && parent.branch === link.branch);
    if (!next) return chain;
    chain.push({ decision: next, branch: next.branches[0]! });
    link = { decision: next.id, branch: 0 };
  }
}

const branchOf = ({ sample, reward, terms, to }: Extract<Edge, { ok: true }>): Branch => ({
  sample,
  reward,
  terms,
  ...(to.end && { end: to.end }),
});

function whole(edge: Edge): Extract<Edge, { ok: true }> {
  if (edge.ok) return edge;
  throw new HaloError("HALO_GROUP_FAULT", `a rollout failed (${edge.fault.code}): ${edge.fault.message}`);
}
