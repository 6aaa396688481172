import type { Branch, Decision, GroupBody } from "./group.ts";

/** One step of a way through a group: where it was sampled and what came of it. */
export interface ChainStep {
  readonly decision: Decision;
  readonly branch: Branch;
}

/** Every way through a group, from a decision without parent to a branch that nothing follows; in the order of the branches. */
export function chainsOf({ decisions }: Pick<GroupBody, "decisions">): readonly (readonly ChainStep[])[] {
  const after = new Map<string, Decision[]>();
  for (const decision of decisions) {
    const key = decision.parent ? `${decision.parent.decision}/${decision.parent.branch}` : "";
    after.set(key, [...after.get(key) ?? [], decision]);
  }
  const waysFrom = (key: string): (readonly ChainStep[])[] =>
    (after.get(key) ?? []).flatMap((decision) =>
      decision.branches.flatMap((branch, i) => {
        const rest = waysFrom(`${decision.id}/${i}`);
        const step = { decision, branch };
        return rest.length === 0 ? [[step]] : rest.map((way) => [step, ...way]);
      })
    );
  return waysFrom("");
}

/** Undiscounted return of a chain. Rounded to 12 decimals: equal payments in another order are an equal return. */
export function returnOf(chain: readonly ChainStep[]): number {
  return Math.round(chain.reduce((sum, { branch }) => sum + (branch.reward ?? 0), 0) * 1e12) / 1e12;
}
