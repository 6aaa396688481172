import { Buffer } from "node:buffer";

/** The data of every TFRecord of a file, by the lengths alone. */
export function recordsOf(file: Uint8Array): readonly Buffer[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Number(bytes.readBigUInt64LE(at));
    records.push(bytes.subarray(at + 12, at + 12 + length));
    at += 12 + length + 4;
  }
  return records;
}
