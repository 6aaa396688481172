/**
 * Makes a memory for `size` answers by key: it makes those that it does not have, and forgets the one that was not asked for
 * the longest. A failure is not kept.
 */
export function keepLatest<T>(size: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const known = new Map<string, T>();
  return async (key, make) => {
    const answer = known.has(key) ? known.get(key)! : await make();
    known.delete(key);
    known.set(key, answer);
    if (known.size > size) known.delete(known.keys().next().value!);
    return answer;
  };
}
