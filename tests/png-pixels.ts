import { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";

/** A picture as its pixels, row by row. */
export interface Pixels {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Bytes of one pixel: 3, or 4 with transparency. */
  readonly depth: number;
  readonly bytes: Uint8Array;
}

/** Reads a PNG of 8 bits a channel without interlacing, as browsers write screenshots. */
export function pixelsOf(png: Uint8Array): Pixels {
  const file = Buffer.from(png);
  const [widthPx, heightPx, bits, colour] = [file.readUInt32BE(16), file.readUInt32BE(20), file[24], file[25]!];
  const depth = ({ 2: 3, 6: 4 } as Readonly<Record<number, number>>)[colour];
  if (bits !== 8 || depth === undefined || file[28] !== 0) throw new Error("expected a PNG as browsers write it");
  const packed = chunksOf(file).flatMap(({ type, data }) => type === "IDAT" ? [data] : []);
  const bytes = unfiltered(inflateSync(Buffer.concat(packed)), { row: widthPx * depth, depth });
  return { widthPx, heightPx, depth, bytes };
}

/** The parts that a PNG is made of, in order. */
export function chunksOf(file: Buffer): readonly { readonly type: string; readonly data: Buffer }[] {
  const chunks: { readonly type: string; readonly data: Buffer }[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const [start, length] = [at + 8, file.readUInt32BE(at)];
    chunks.push({ type: file.toString("latin1", at + 4, start), data: file.subarray(start, start + length) });
  }
  return chunks;
}

/** Takes the five filters of PNG off; each row begins with the number of its filter. */
function unfiltered(
  rows: Buffer,
  { row, depth }: { readonly row: number; readonly depth: number },
): Uint8Array {
  const count = rows.length / (row + 1);
  const bytes = new Uint8Array(count * row);
  for (let y = 0; y < count; y++) {
    const filter = rows[y * (row + 1)]!;
    for (let x = 0; x < row; x++) {
      const to = y * row + x;
      const left = x < depth ? 0 : bytes[to - depth]!;
      const above = y === 0 ? 0 : bytes[to - row]!;
      const corner = x < depth || y === 0 ? 0 : bytes[to - row - depth]!;
      bytes[to] = rows[y * (row + 1) + 1 + x]! + guess(filter, { left, above, corner });
    }
  }
  return bytes;
}

function guess(
  filter: number,
  { left, above, corner }: { readonly left: number; readonly above: number; readonly corner: number },
): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4: {
      const near = left + above - corner;
      const [a, b, c] = [Math.abs(near - left), Math.abs(near - above), Math.abs(near - corner)];
      return a <= b && a <= c ? left : b <= c ? above : corner;
    }
    default:
      throw new Error(`expected a filter of PNG, got ${filter}`);
  }
}
