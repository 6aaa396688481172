/** Puts units into parts of at most `maxBytes` as JSON, in order; a unit is never cut, so one that is larger goes alone. */
export function inParts<T>(
  units: Iterable<readonly T[]>,
  maxBytes: number,
  wire: (one: T) => unknown = (one) => one,
): readonly (readonly T[])[] {
  const parts: T[][] = [];
  let room = 0;
  for (const unit of units) {
    const bytes = unit.reduce((sum, one) => sum + JSON.stringify(wire(one)).length + 1, 0);
    if (bytes > room) {
      parts.push([]);
      room = maxBytes;
    }
    parts.at(-1)!.push(...unit);
    room -= bytes;
  }
  return parts;
}
