import type { Example, Group } from "halo-agent";
import { bestPath } from "./best-path.ts";
import { episodePairsOf } from "./episode-pairs.ts";
import { pairsOf } from "./pairs.ts";
import { compositeQ } from "./tree.ts";

export interface CreditOptions {
  readonly credit: "dpo" | "rft" | "grpo";
  readonly level?: "step" | "trajectory";
  readonly alpha: number;
  readonly theta: number;
}

/** What a tree teaches: preferences between siblings, the steps of its best success, or advantages among siblings. */
export function credit(group: Group, o: CreditOptions): readonly Example[] {
  switch (o.credit) {
    case "dpo":
      return o.level === "trajectory" ? episodePairsOf(group, o.alpha) : pairsOf(group, o);
    case "rft":
      return imitations(group, o.alpha);
    case "grpo":
      return advantages(group, o);
  }
}

/** Every step of the best episode that succeeded, weight 1; nothing without one (rejection sampling). */
function imitations({ id, decisions }: Group, alpha: number): readonly Example[] {
  const path = bestPath(decisions, alpha);
  const end = path.at(-1);
  const last = end && decisions[end.decision]!.branches[end.branch]!.end;
  if (!last?.verdict.success) return [];
  return path.map(({ decision, branch }): Example => {
    const { prompt, branches } = decisions[decision]!;
    return { kind: "imitate", group: id, prompt, sample: branches[branch]!.sample, weight: 1 };
  });
}

/** Composite Q against its mean among the explored siblings of a point, weight 1 / n; points within theta are left out. */
function advantages({ id, decisions }: Group, { alpha, theta }: CreditOptions): readonly Example[] {
  return decisions.flatMap(({ prompt, branches }) => {
    const tried = branches.flatMap(({ sample, q }) => q && q.visits > 0 ? [{ sample, q: compositeQ(q, alpha) }] : []);
    const qs = tried.map(({ q }) => q);
    const mean = qs.reduce((sum, q) => sum + q, 0) / qs.length;
    if (!qs.some((q) => Math.max(...qs) - q > theta)) return [];
    return tried.map(({ sample, q }): Example => ({
      kind: "advantage",
      group: id,
      prompt,
      sample,
      advantage: q - mean,
      weight: 1 / tried.length,
    }));
  });
}
