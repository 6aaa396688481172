import type { Point, Simulation } from "halo-agent";
import { attach, tryLeaf } from "./expand.ts";
import { type SearchIo, SearchWorld } from "./search-world.ts";
import { selectPath } from "./select.ts";
import { type Chosen, Tree } from "./tree.ts";
import type { TreeOptions } from "./tree-options.ts";

/** A finished search. */
export interface Searched {
  readonly tree: Tree;
  readonly simulations: readonly Simulation[];
  readonly world: SearchWorld;
  readonly unreachable: number;
}

/**
 * Monte Carlo tree search from a point (Agent Q, arXiv 2408.07199): selection by UCB1 or PUCT over composite Q, expansion
 * by K distinct proposals of the policy, a value for the new point, running means backed up. A wave's paths are selected
 * one after another under virtual loss, tried together and backed up in the order of their selection: the result depends
 * on `wave` and on nothing that runs beside it.
 */
export async function search(io: SearchIo, at: Point, o: TreeOptions): Promise<Searched> {
  const late = o.budget.seconds > 0 ? AbortSignal.timeout(o.budget.seconds * 1000) : undefined;
  const world = new SearchWorld(io, o);
  const tree = new Tree();
  const simulations: Simulation[] = [];
  let unreachable = 0;
  const root = at.end ? undefined : tree.add(at, await world.propose(at));
  while (root && isDue(o, { simulations, world, late })) {
    io.signal.throwIfAborted();
    // Gives the timer of `budget.seconds` a turn, in case the world answers without ever waiting.
    if (late) await new Promise((resolve) => setTimeout(resolve, 0));
    const left = o.num_simulations - simulations.length;
    const wave = Array.from({ length: Math.min(o.wave, left) }, () => selectPath(root, o)).filter((s) => !!s);
    if (wave.length === 0) break;
    const leaves = await Promise.all(wave.map((selected) => tryLeaf(world, selected, { tree, o })));
    const { envSteps } = world;
    for (const [i, leaf] of leaves.entries()) {
      if (leaf.failed) world.fail(leaf.failed.at, leaf.failed.sample);
      const path = attach(tree, wave[i]!, leaf).map(placeOf);
      if (leaf.isKnown) continue;
      const { value, by, success } = leaf;
      simulations.push({ path, ...(value !== undefined && { value, by: by! }), success, envSteps });
      if (leaf.isUnreachable) unreachable++;
    }
  }
  return { tree, simulations, world, unreachable };
}

function isDue(
  { num_simulations, after_success, budget }: TreeOptions,
  { simulations, world, late }: {
    readonly simulations: readonly Simulation[];
    readonly world: SearchWorld;
    readonly late: AbortSignal | undefined;
  },
): boolean {
  if (simulations.length >= num_simulations || late?.aborted) return false;
  if (budget.env_steps > 0 && world.envSteps >= budget.env_steps) return false;
  if (budget.usd > 0 && world.critic.costUsd >= budget.usd) return false;
  const first = simulations.findIndex((s) => s.success);
  return after_success === undefined || first < 0 || simulations.length - first - 1 < after_success;
}

const placeOf = ({ node, index }: Chosen) => ({ decision: node.id, branch: index });
