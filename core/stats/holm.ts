/** p-values adjusted for being several (Holm's step-down), in the order given: each compares with 0.05 as one alone would. */
export function holm(ps: readonly number[]): readonly number[] {
  const order = ps.map((_, i) => i).sort((a, b) => ps[a]! - ps[b]!);
  const adjusted: number[] = new Array(ps.length);
  let most = 0;
  for (const [place, i] of order.entries()) {
    most = Math.max(most, Math.min(1, (ps.length - place) * ps[i]!));
    adjusted[i] = most;
  }
  return adjusted;
}
