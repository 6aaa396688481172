import { chainsOf, type ChainStep, type Example, type Group } from "halo-agent";
import { bestPath } from "./best-path.ts";

/**
 * Trajectory preferences of a tree for DPO: the best episode that succeeded over each one that never did, whole; together
 * they weigh 1. Nothing without a success.
 */
export function episodePairsOf(
  { id, decisions }: Pick<Group, "id" | "decisions">,
  alpha: number,
): readonly Example[] {
  const chains = chainsOf({ decisions });
  const path = bestPath(decisions, alpha);
  const won = chains.find((chain) => isWon(chain) && chain.length === path.length && follows(chain, path));
  if (!won) return [];
  // An episode goes as far as it was tried: what follows was proposed only, or played in a rollout that was not kept.
  const tried = chains.map((chain) => chain.filter(({ branch }) => (branch.q?.visits ?? 0) > 0));
  const passed = new Set(tried.flatMap((chain) => chain.slice(0, -1).map(({ branch }) => branch)));
  const ends = tried.filter((chain) => chain.length > 0 && !passed.has(chain.at(-1)!.branch));
  const lost = ends.filter((chain) => chain.at(-1)!.branch.q!.mcts === 0);
  const each = [...new Map(lost.map((chain) => [chain.at(-1)!.branch, chain])).values()];
  const pairs = each.flatMap((chain) => {
    const parting = chain.findIndex(({ branch }, i) => branch !== won[i]?.branch);
    return parting < 0 ? [] : [{ chain, parting }];
  });
  return pairs.map(({ chain, parting }): Example => ({
    kind: "pair",
    group: id,
    prompt: won[parting]!.decision.prompt,
    chosen: won[parting]!.branch.sample,
    rejected: chain[parting]!.branch.sample,
    weight: 1 / pairs.length,
    rest: { chosen: taken(won.slice(parting + 1)), rejected: taken(chain.slice(parting + 1)) },
  }));
}

type Chain = readonly ChainStep[];

const isWon = (chain: Chain): boolean => chain.at(-1)!.branch.end?.verdict.success ?? false;

const follows = (chain: Chain, path: ReturnType<typeof bestPath>): boolean =>
  chain.every(({ decision, branch }, i) =>
    decision.id === path[i]!.decision && decision.branches[path[i]!.branch] === branch
  );

const taken = (chain: Chain) => chain.map(({ decision: { prompt }, branch: { sample } }) => ({ prompt, sample }));
