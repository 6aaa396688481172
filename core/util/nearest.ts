/** The name closest to `word` by edits, else the one that has words more or fewer; undefined when none is meant. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestEdits = Infinity;
  for (const name of names) {
    const edits = distance(word.toLowerCase(), name.toLowerCase());
    if (edits < bestEdits) [best, bestEdits] = [name, edits];
  }
  if (best === undefined) return undefined;
  const allowed = Math.max(1, Math.floor(Math.min(word.length, best.length) / 4));
  if (bestEdits <= allowed) return best;
  const related = names.filter((name) => isWordsOf(name, word) || isWordsOf(word, name));
  return related.length === 1 ? related[0] : undefined;
}

/** True when `part` is some of the words of a snake_case name, four letters at least: "simulations" of "num_simulations". */
const isWordsOf = (part: string, name: string): boolean => part.length >= 4 && `_${name}_`.includes(`_${part}_`);

/** `; did you mean "x"?` when a name is near, else an empty string. */
export function didYouMean(word: string, names: readonly string[]): string {
  const name = nearest(word, names);
  return name === undefined ? "" : `; did you mean "${name}"?`;
}

/** Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
