import { Buffer } from "node:buffer";
import { crc32, deflateSync, inflateSync } from "node:zlib";

/** The same picture with its pixels packed tightly: screenshots are made for speed. */
export function smaller(png: Uint8Array): Buffer {
  const file = Buffer.from(png);
  const chunks: { readonly type: string; readonly data: Buffer }[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const [start, length] = [at + 8, file.readUInt32BE(at)];
    chunks.push({ type: file.toString("latin1", at + 4, start), data: file.subarray(start, start + length) });
  }
  const pixels = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data)));
  unfilter(pixels, pixels.length / file.readUInt32BE(20));
  const packed = { type: "IDAT", data: deflateSync(pixels, { level: 9 }) };
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

/** Takes the filter "up" from rows of so many bytes: flat areas pack better without. */
function unfilter(pixels: Buffer, row: number): void {
  for (let at = 0; at < pixels.length; at += row) {
    if (pixels[at] === 0) continue;
    if (pixels[at] !== 2) throw new Error(`expected rows with the filters 0 and 2, got ${pixels[at]}`);
    pixels[at] = 0;
    if (at > 0) { for (let i = at + 1; i < at + row; i++) pixels[i]! += pixels[i - row]!; }
  }
}
