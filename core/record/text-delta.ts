/** How a text is made of another one: pieces copied from it, by start and length, and pieces of its own. */
export type TextDelta = readonly (readonly [start: number, length: number] | string)[];

/** Copied pieces shorter than this are written out. */
const shortestCopy = 16;

/**
 * What makes `text` of `base`, exactly: both are cut behind commas, and runs of equal parts become copies. Made for JSON
 * of which little has changed; any two texts will do.
 */
export const textDelta = (base: string, text: string): TextDelta => deltasFrom(base)(text);

/** `textDelta` for many texts of one base. */
export function deltasFrom(base: string): (text: string) => TextDelta {
  const from = partsOf(base);
  const places = new Map<string, number[]>();
  for (const [i, { part }] of from.entries()) {
    const known = places.get(part);
    if (known) known.push(i);
    else places.set(part, [i]);
  }
  return (text) => base === text ? [[0, text.length]] : deltaOf(partsOf(text), { from, places });
}

interface Base {
  readonly from: readonly Part[];
  readonly places: ReadonlyMap<string, readonly number[]>;
}

function deltaOf(parts: readonly Part[], { from, places }: Base): TextDelta {
  const delta: (readonly [number, number] | string)[] = [];
  let own = "";
  let next = 0;
  for (let i = 0; i < parts.length;) {
    const { part } = parts[i]!;
    const known = from[next]?.part === part ? undefined : places.get(part);
    const first = from[next]?.part === part ? next : known?.find((at) => at >= next) ?? known?.[0];
    let count = 0;
    while (first !== undefined && i + count < parts.length && from[first + count]?.part === parts[i + count]!.part) {
      count++;
    }
    const length = lengthOf(parts, i, count);
    if (first === undefined || length < shortestCopy) {
      const taken = Math.max(1, count);
      for (let k = 0; k < taken; k++) own += parts[i + k]!.part;
      i += taken;
      continue;
    }
    if (own !== "") delta.push(own);
    own = "";
    delta.push([from[first]!.start, length]);
    next = first + count;
    i += count;
  }
  if (own !== "") delta.push(own);
  return delta;
}

/** The text that `textDelta` was given with this base. */
export function applyDelta(base: string, delta: TextDelta): string {
  return delta.map((piece) => typeof piece === "string" ? piece : base.slice(piece[0], piece[0] + piece[1])).join("");
}

interface Part {
  readonly part: string;
  readonly start: number;
}

function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  for (let start = 0; start < text.length;) {
    const comma = text.indexOf(",", start);
    const end = comma < 0 ? text.length : comma + 1;
    parts.push({ part: text.slice(start, end), start });
    start = end;
  }
  return parts;
}

/** Characters of some parts. */
function lengthOf(parts: readonly Part[], from: number, count: number): number {
  if (count === 0) return 0;
  const last = parts[from + count - 1]!;
  return last.start + last.part.length - parts[from]!.start;
}
