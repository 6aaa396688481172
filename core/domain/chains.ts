import type { Branch, Decision, Group, GroupBody } from "./group.ts";
import { paymentSum } from "./payment.ts";

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
  return paymentSum(chain.map(({ branch }) => branch.reward ?? 0));
}

/**
 * The episodes inside the groups of one task slot, each as its branches in order. Step groups form one episode, along their
 * chosen branches; a trajectory group or a tree has one for every branch that ended, in the order of their decisions.
 */
export function episodesOf(groups: readonly Group[]): readonly (readonly Branch[])[] {
  const followed = groups.filter(({ shape }) => shape === "step").flatMap(({ decisions: [decision] }) =>
    decision?.branches[decision.chosen ?? 0] ?? []
  );
  const others = groups.filter(({ shape }) => shape !== "step").flatMap((group) => {
    const orderOf = (chain: readonly ChainStep[]) => group.decisions.indexOf(chain.at(-1)!.decision);
    return chainsOf(group).filter((chain) => chain.at(-1)!.branch.end).sort((a, b) => orderOf(a) - orderOf(b));
  });
  return [...(followed.length > 0 ? [followed] : []), ...others.map((chain) => chain.map(({ branch }) => branch))];
}
