import type { Decision, Example, Group } from "halo-agent";
import { compositeQ } from "./tree.ts";

/** A preference between two explored siblings, as indexes of their decision's branches. */
export interface Preference {
  readonly chosen: number;
  readonly rejected: number;
}

/** Every two explored siblings whose composite Q differs by more than theta, the better one chosen. */
export function preferencesOf(
  { branches }: Pick<Decision, "branches">,
  { alpha, theta }: { readonly alpha: number; readonly theta: number },
): readonly Preference[] {
  const tried = branches.flatMap(({ q }, i) => q && q.visits > 0 ? [{ i, q: compositeQ(q, alpha) }] : []);
  return tried.flatMap((a) =>
    tried.filter((b) => a.q - b.q > theta).map((b): Preference => ({ chosen: a.i, rejected: b.i }))
  );
}

/** Step preferences of a tree for DPO; the pairs of one point share the weight 1. */
export function pairsOf(
  { id, decisions }: Pick<Group, "id" | "decisions">,
  o: { readonly alpha: number; readonly theta: number },
): readonly Example[] {
  return decisions.flatMap((decision) => {
    const pairs = preferencesOf(decision, o);
    return pairs.map(({ chosen, rejected }): Example => ({
      kind: "pair",
      group: id,
      prompt: decision.prompt,
      chosen: decision.branches[chosen]!.sample,
      rejected: decision.branches[rejected]!.sample,
      weight: 1 / pairs.length,
    }));
  });
}
