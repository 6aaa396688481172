import { chainsOf, type Decision } from "halo-agent";
import { compositeQ } from "./tree.ts";

/**
 * The best way through a tree, as places from the root down: the shortest episode that succeeded, the first found among
 * equals; without one, the explored action of the highest composite Q at each point, the most visited among equals.
 */
export function bestPath(
  decisions: readonly Decision[],
  alpha: number,
): readonly { readonly decision: number; readonly branch: number }[] {
  const won = chainsOf({ decisions }).filter((chain) => chain.at(-1)!.branch.end?.verdict.success);
  const shortest = won.reduce((a, b) => b.length < a.length ? b : a, won[0] ?? []);
  if (shortest.length > 0) {
    return shortest.map(({ decision, branch }) => ({
      decision: decision.id,
      branch: decision.branches.indexOf(branch),
    }));
  }
  const path: { decision: number; branch: number }[] = [];
  let at = decisions[0];
  while (at) {
    const branch = bestBranch(at, alpha);
    if (branch === undefined) break;
    const here = { decision: at.id, branch };
    path.push(here);
    at = decisions.find(({ parent }) => parent?.decision === here.decision && parent.branch === here.branch);
  }
  return path;
}

/** Index of the explored branch with the highest composite Q, then the most visits; undefined when none was explored. */
export function bestBranch({ branches }: Pick<Decision, "branches">, alpha: number): number | undefined {
  let best: { readonly i: number; readonly q: number; readonly visits: number } | undefined;
  for (const [i, { q: stats }] of branches.entries()) {
    if (!stats || stats.visits === 0) continue;
    const rated = { i, q: compositeQ(stats, alpha), visits: stats.visits };
    if (!best || rated.q > best.q || (rated.q === best.q && rated.visits > best.visits)) best = rated;
  }
  return best?.i;
}
