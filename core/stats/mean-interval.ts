import { student95 } from "./student.ts";
import { wilson } from "./wilson.ts";

/**
 * 95 % interval of a mean by Student's t. Where all values agree their spread says nothing: then as far as Wilson's interval
 * of "none of n" leaves open, in units of the `range` that such values are known to have.
 */
export function meanInterval(
  values: readonly number[],
  { range }: { readonly range: number },
): readonly [low: number, high: number] {
  const n = values.length;
  if (n === 0) throw new RangeError("meanInterval needs at least one value");
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const squares = values.reduce((sum, v) => sum + (v - mean) * (v - mean), 0);
  const half = n > 1 && squares > 0 ? student95(n - 1) * Math.sqrt(squares / (n - 1) / n) : range * wilson(0, n)[1];
  return [mean - half, mean + half];
}
