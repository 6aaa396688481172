/** Orders ids: "s2" before "s10", since runs of digits compare as numbers; the rest by code unit. */
export function byNumbers(a: string, b: string): number {
  const [x, y] = [padded(a), padded(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

const padded = (id: string): string => id.replace(/\d+/g, (digits) => digits.padStart(12, "0"));
