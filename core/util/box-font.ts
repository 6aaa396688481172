/**
 * A font that draws every character as an empty box, 0.6 em wide. It is the end of each site's font list, so that a
 * character its own font lacks (an emoji, Chinese) looks and measures the same on every machine, and the only font of a
 * browser on a machine that has none. A TrueType file of 10 tables.
 */
export function boxFont(): Uint8Array<ArrayBuffer> {
  const box = boxGlyph();
  const tables: Readonly<Record<string, readonly number[]>> = {
    "OS/2": [
      ...u16(4, width, 400, 5, 0, 650, 700, 0, 140, 650, 700, 0, 480, 50, 300, 0),
      ...zeros(10 + 16), // classification, ranges of Unicode
      ...text("HALO"),
      ...u16(0x40, 0, 0xffff, ascent, -descent, 0, ascent, descent),
      ...u32(1, 0),
      ...u16(500, 700, 0, 32, 1),
    ],
    cmap: [
      ...u16(0, 1, 3, 10),
      ...u32(12),
      ...u16(13, 0),
      ...u32(16 + 12 * groups.length, 0, groups.length),
      ...cmap(),
    ],
    glyf: [...box, ...box],
    head: [
      ...u32(0x10000, 0x10000, 0, 0x5f0f3cf5),
      ...u16(0, em, ...zeros(8), 60, 0, 540, 700, 0, 8, 2, 1, 0),
    ],
    hhea: [...u32(0x10000), ...u16(ascent, -descent, 0, width, 0, 0, 540, 1, 0, 0, 0, 0, 0, 0, 0, 3)],
    hmtx: u16(width, 60, width, 60, 0, 0),
    loca: u32(0, box.length, 2 * box.length, 2 * box.length),
    maxp: [...u32(0x10000), ...u16(3, 8, 2, 0, 0, 1, ...zeros(8))],
    name: nameTable("Halo Box"),
    post: [...u32(0x30000, 0), ...u16(-100, 50), ...u32(0, 0, 0, 0, 0)],
  };
  return fileOf(tables);
}

const [em, width, ascent, descent] = [1000, 600, 800, 200];
/** Ranges of characters with their glyph: 1 is the box, 2 takes no room (joiners, variation selectors, marks of direction). */
const groups = [
  [0, 0x200a, 1],
  [0x200b, 0x200f, 2],
  [0x2010, 0x2027, 1],
  [0x2028, 0x202e, 2],
  [0x202f, 0x205f, 1],
  [0x2060, 0x206f, 2],
  [0x2070, 0xfdff, 1],
  [0xfe00, 0xfe0f, 2],
  [0xfe10, 0xfefe, 1],
  [0xfeff, 0xfeff, 2],
  [0xff00, 0xdffff, 1],
  [0xe0000, 0xe0fff, 2],
  [0xe1000, 0x10ffff, 1],
] as const;

const cmap = (): number[] => groups.flatMap((group) => u32(...group));

/** Two rectangles, the inner one against the outer one's direction: a frame. */
function boxGlyph(): number[] {
  return [
    ...u16(2, 60, 0, 540, 700, 3, 7, 0), // contours, bounds, last point of each contour, no instructions
    ...Array.from({ length: 8 }, () => 1), // every point lies on the curve
    ...u16(60, 0, 480, 0, -420, 360, 0, -360), // x of each point, from the one before
    ...u16(0, 700, 0, -700, 60, 0, 580, 0), // y
  ];
}

function nameTable(name: string): number[] {
  const texts = ([[1, name], [2, "Regular"], [3, name], [4, name], [5, "Version 1.0"], [6, "HaloBox"]] as const)
    .map(([id, value]) => ({ id, bytes: [...value].flatMap((char) => u16(char.charCodeAt(0))) }));
  let at = 0;
  const records = texts.flatMap(({ id, bytes: { length } }) => {
    at += length;
    return u16(3, 1, 0x409, id, length, at - length);
  });
  return [...u16(0, texts.length, 6 + records.length), ...records, ...texts.flatMap(({ bytes }) => bytes)];
}

/** The tables in one file. Check sums stay 0: browsers compute their own. */
function fileOf(tables: Readonly<Record<string, readonly number[]>>): Uint8Array<ArrayBuffer> {
  const tags = Object.keys(tables).sort();
  const directory = [...u32(0x10000), ...u16(tags.length, 128, 3, 16 * tags.length - 128)];
  const bodies: number[] = [];
  for (const tag of tags) {
    const body = tables[tag]!;
    directory.push(...text(tag), ...u32(0, 12 + 16 * tags.length + bodies.length, body.length));
    bodies.push(...body, ...zeros((4 - body.length % 4) % 4));
  }
  return Uint8Array.from([...directory, ...bodies]);
}

const zeros = (n: number): number[] => Array.from({ length: n }, () => 0);
const text = (chars: string): number[] => [...chars].map((char) => char.charCodeAt(0));
/** Big-endian bytes; negative numbers in two's complement. */
const u16 = (...values: readonly number[]): number[] => values.flatMap((v) => [v >> 8 & 255, v & 255]);
const u32 = (...values: readonly number[]): number[] => values.flatMap((v) => [...u16(v >>> 16), ...u16(v & 0xffff)]);
