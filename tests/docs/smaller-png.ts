import { Buffer } from "node:buffer";
import { crc32, deflateSync } from "node:zlib";
import { chunksOf, pixelsOf } from "../png-pixels.ts";

/** The same picture with its pixels packed tightly: screenshots are made for speed. */
export function smaller(png: Uint8Array): Buffer {
  const file = Buffer.from(png);
  const chunks = chunksOf(file);
  const { widthPx, heightPx, depth, bytes } = pixelsOf(png);
  const row = widthPx * depth;
  // Each row begins with the number of its filter: flat areas pack best with none.
  const rows = Buffer.alloc(heightPx * (row + 1));
  for (let y = 0; y < heightPx; y++) rows.set(bytes.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  const packed = { type: "IDAT", data: deflateSync(rows, { level: 9 }) };
  const kept = ["IHDR", "sRGB"].flatMap((type) => chunks.filter((chunk) => chunk.type === type));
  const written = [...kept, packed, { type: "IEND", data: Buffer.alloc(0) }].map(({ type, data }) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  });
  return Buffer.concat([file.subarray(0, 8), ...written]);
}
