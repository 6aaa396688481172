/** What a reader takes from a goal's words: the kind of goal, by its family's name, and the values it names. */
export interface Wish {
  readonly kind: string;
}

/** Reads a goal text; undefined when it is not understood. A site gives readers in layers, the surest first. */
export type GoalReader<W extends Wish> = (text: string) => W | undefined;

/** What the first reader that understands a goal makes of it. */
export function readGoal<W extends Wish>(readers: readonly GoalReader<W>[], text: string): W | undefined {
  for (const read of readers) {
    const wish = read(text);
    if (wish !== undefined) return wish;
  }
  return undefined;
}
