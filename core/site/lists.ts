/** A thing of a list that is told apart by its id. */
export interface Item {
  readonly id: string;
}

/** The list with these things changed, each in its place. */
export function patched<T extends Item>(
  list: readonly T[],
  targets: readonly Item[],
  change: (item: T) => T,
): readonly T[] {
  const ids = new Set(targets.map(({ id }) => id));
  return list.map((item) => ids.has(item.id) ? change(item) : item);
}

/** The list without these things; the same list when there are none. */
export function without<T extends Item>(list: readonly T[], targets: readonly Item[]): readonly T[] {
  const gone = new Set(targets.map(({ id }) => id));
  return gone.size === 0 ? list : list.filter(({ id }) => !gone.has(id));
}

/** The list with a thing at its top, an older version of it taken away. */
export function putFirst<T extends Item>(list: readonly T[], item: T): readonly T[] {
  return [item, ...list.filter(({ id }) => id !== item.id)];
}

/** What an Undo button needs of a list: earlier versions of things, and ids of things to take away. */
export interface ListUndo<T extends Item> {
  readonly before: readonly T[];
  readonly remove: readonly string[];
}

/** The list with earlier versions put back: in their places where the things still are, else at the top. */
export function putBack<T extends Item>(list: readonly T[], { before, remove }: ListUndo<T>): readonly T[] {
  const earlier = new Map(before.map((item) => [item.id, item]));
  const kept = list.filter(({ id }) => !remove.includes(id)).map((item) => earlier.get(item.id) ?? item);
  const missing = before.filter(({ id }) => !kept.some((item) => item.id === id));
  return [...missing, ...kept];
}

/** The values with one added at the end, or taken away when it is there. */
export function toggled<T>(values: readonly T[], value: T): readonly T[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}

/** "Conversation archived", or "3 conversations archived". */
export function counted(n: number, done: string, one: string): string {
  return n === 1 ? `${one} ${done}` : `${n} ${one.toLowerCase()}s ${done}`;
}

/** The words of a text, for lists of names. */
export function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
