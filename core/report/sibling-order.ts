/** How the order of siblings by their rewards changed, in pairs of siblings. */
export interface SiblingOrder {
  readonly pairs: number;
  /** Pairs that were told apart before and are now, in the same order. */
  readonly kept: number;
  /** The same, in the other order. */
  readonly swapped: number;
  /** Pairs that were paid differently before only, and now only. */
  readonly joined: number;
  readonly parted: number;
}

export const noSiblings: SiblingOrder = { pairs: 0, kept: 0, swapped: 0, joined: 0, parted: 0 };

/** Compares what the same siblings were paid before and after. */
export function siblingOrder(before: readonly number[], after: readonly number[]): SiblingOrder {
  let [pairs, kept, swapped, joined, parted] = [0, 0, 0, 0, 0];
  for (let i = 0; i < before.length; i++) {
    for (let k = i + 1; k < before.length; k++) {
      const [a, b] = [Math.sign(before[i]! - before[k]!), Math.sign(after[i]! - after[k]!)];
      pairs++;
      if (a !== 0 && a === b) kept++;
      else if (a !== 0 && b !== 0) swapped++;
      else if (a !== 0) joined++;
      else if (b !== 0) parted++;
    }
  }
  return { pairs, kept, swapped, joined, parted };
}

/** The counts of two sets of siblings together: pairs across the sets are none. */
export function addOrders(a: SiblingOrder, b: SiblingOrder): SiblingOrder {
  return {
    pairs: a.pairs + b.pairs,
    kept: a.kept + b.kept,
    swapped: a.swapped + b.swapped,
    joined: a.joined + b.joined,
    parted: a.parted + b.parted,
  };
}

/**
 * Kendall's τ-b (Biometrika 33 (1945) 239) over all pairs of siblings: 1 the same order, −1 the opposite one; undefined
 * where one side tells no two siblings apart.
 */
export function kendallTauB({ kept, swapped, joined, parted }: SiblingOrder): number | undefined {
  const apartBefore = kept + swapped + joined;
  const apartAfter = kept + swapped + parted;
  return apartBefore === 0 || apartAfter === 0 ? undefined : (kept - swapped) / Math.sqrt(apartBefore * apartAfter);
}
