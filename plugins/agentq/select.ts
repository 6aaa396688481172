import { exp, log } from "halo-agent/kit";
import { type Chosen, compositeQ, type Node, type Proposal, proposalAt } from "./tree.ts";
import type { TreeOptions } from "./tree-options.ts";

type SelectOptions = Pick<TreeOptions, "selection" | "ucb_form" | "ucb_constant" | "widening" | "alpha">;

/** A simulation about to be tried; `nth` counts those that ended with this path's last action, from 1. */
export interface Selected {
  readonly path: readonly Chosen[];
  readonly nth: number;
}

/**
 * The path of one simulation: from the root the action with the highest score, until one leads to no node yet. Every
 * action on it counts as visited and lost until the simulation is backed up (virtual loss). Undefined when nothing in the
 * tree is left to try.
 */
export function selectPath(root: Node, o: SelectOptions): Selected | undefined {
  const path: Chosen[] = [];
  let node = root;
  for (;;) {
    const index = choose(node, o);
    if (index === undefined) {
      // Nothing is open here: closes the way to this node and begins again at the root.
      if (!node.parent) return undefined;
      proposalAt(node.parent).isClosed = true;
      node = root;
      path.length = 0;
      continue;
    }
    path.push({ node, index });
    const { child } = node.proposals[index]!;
    if (!child) break;
    node = child;
  }
  for (const chosen of path) proposalAt(chosen).stats.pending++;
  const last = proposalAt(path.at(-1)!);
  last.leaves++;
  return { path, nth: last.leaves };
}

/**
 * Index of the open proposal with the highest score; among equal scores the higher Q, then the earlier one. A proposal that
 * another simulation of this wave is trying, and that has no node to go on from, comes last: a virtual loss of 0 would not
 * turn a sharp prior away from it.
 */
function choose({ proposals }: Node, o: SelectOptions): number | undefined {
  const total = proposals.reduce((sum, { stats }) => sum + stats.visits + stats.pending, 0);
  const open = [...proposals.keys()].filter((i) => !proposals[i]!.isClosed);
  const offered = o.widening && o.selection === "ucb1" ? open.slice(0, breadth(total, o.widening)) : open;
  const free = offered.filter((i) => proposals[i]!.child !== undefined || proposals[i]!.stats.pending === 0);
  let best: { readonly i: number; readonly score: number; readonly q: number } | undefined;
  for (const i of free.length > 0 ? free : offered) {
    const rated = { i, ...scoreOf(proposals[i]!, { total, ...o }) };
    if (!best || rated.score > best.score || (rated.score === best.score && rated.q > best.q)) best = rated;
  }
  return best?.i;
}

/**
 * Score of an action at a node with N visits, n of them its own:
 *   ucb1  Q + c · sqrt(ln N / n), infinite for n = 0      one_plus  Q + c · sqrt(ln N / (1 + n)), the paper's
 *   puct  Q + c · prior · sqrt(N) / (1 + n)
 * N counts from 1, so that a prior decides the very first choice. Pending visits count in N and n, and as 0 in Q_mcts.
 */
export function scoreOf(
  { stats: { visits, mcts, pending }, critic, prior }: Pick<Proposal, "stats" | "critic" | "prior">,
  { total, selection, ucb_form, ucb_constant: c, alpha }: SelectOptions & { readonly total: number },
): { readonly score: number; readonly q: number } {
  const n = visits + pending;
  const q = compositeQ({ mcts: n === 0 ? 0 : mcts * visits / n, critic }, alpha);
  const among = Math.max(1, total);
  if (selection === "puct") return { q, score: q + c * prior * Math.sqrt(among) / (1 + n) };
  if (ucb_form === "one_plus") return { q, score: q + c * Math.sqrt(log(among) / (1 + n)) };
  return { q, score: n === 0 ? Infinity : q + c * Math.sqrt(log(among) / n) };
}

/** Proposals offered after N visits: ceil(constant · N^exponent), at least 1. */
export function breadth(visits: number, { constant, exponent }: NonNullable<TreeOptions["widening"]>): number {
  const width = visits === 0 ? 0 : constant * exp(exponent * log(visits));
  return Math.max(1, Math.ceil(width - 1e-9));
}
