import { crc32, deflateSync } from "node:zlib";
import type { Screenshot } from "halo-agent";
import { sha256 } from "halo-agent/kit";

/** A picture of one colour, red, green and blue each 0 to 255. */
export function plainPicture(
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  colour: readonly [number, number, number],
): Screenshot {
  const png = plainPng(widthPx, heightPx, colour);
  return { widthPx, heightPx, png, sha256: sha256(png) };
}

function plainPng(widthPx: number, heightPx: number, colour: readonly [number, number, number]): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 2], 8);
  const row = Buffer.from([0, ...Array.from({ length: widthPx }, () => colour).flat()]);
  const rows = Buffer.concat(Array.from({ length: heightPx }, () => row));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(named.length + 8);
  out.writeUInt32BE(data.length, 0);
  out.set(named, 4);
  out.writeUInt32BE(crc32(named), named.length + 4);
  return out;
}
