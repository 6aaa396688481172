/** True when two plain values are equal, whatever the order of their keys; a key that is undefined counts as absent. */
export function same(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keysOf = (of: Record<string, unknown>): string[] => Object.keys(of).filter((key) => of[key] !== undefined);
  const keys = keysOf(x);
  return keys.length === keysOf(y).length && keys.every((key) => y[key] !== undefined && same(x[key], y[key]));
}
