import type { Comparison } from "../record/events.ts";

/** The flipped tasks of one family: how many the second side gained and lost. */
export interface FlippedFamily {
  readonly family: string;
  readonly gained: number;
  readonly lost: number;
  readonly tasks: Comparison["flipped"];
}

/** A comparison as values to print or draw. */
export interface ComparisonView {
  /** "before is better", in the sides' own names. */
  readonly verdict: string;
  /** Families with flipped tasks, most flips first, lost ones before gained ones. */
  readonly families: readonly FlippedFamily[];
  readonly gained: number;
  readonly lost: number;
}

/** What a comparison shows, and which families its flipped tasks belong to. */
export function comparisonView(c: Comparison): ComparisonView {
  const grouped = Map.groupBy(c.flipped, ({ key }) => familyOf(key));
  const families = [...grouped].map(([family, tasks]): FlippedFamily => {
    const lost = tasks.filter(({ a, b }) => b < a);
    const gained = tasks.filter(({ a, b }) => b > a);
    return { family, gained: gained.length, lost: lost.length, tasks: [...lost, ...gained] };
  }).sort((x, y) => y.lost - x.lost || y.gained - x.gained || (x.family < y.family ? -1 : 1));
  return {
    verdict: comparisonVerdict(c),
    families,
    gained: families.reduce((sum, f) => sum + f.gained, 0),
    lost: families.reduce((sum, f) => sum + f.lost, 0),
  };
}

/** What a comparison shows, in words. */
export function comparisonVerdict(c: Pick<Comparison, "verdict" | "label_a" | "label_b">): string {
  return c.verdict.replace(/^A better/, `${c.label_a} is better`).replace(/^B better/, `${c.label_b} is better`);
}

/** The family in a task's key, "gomail/archive/eval/0@123": what stands before the split; the whole key where nothing does. */
export function familyOf(taskKey: string): string {
  const parts = taskKey.split("/");
  return parts.length < 3 ? taskKey : parts.slice(0, parts.length - 2).join("/");
}
