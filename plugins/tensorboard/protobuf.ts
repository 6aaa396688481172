import { Buffer } from "node:buffer";

/** One field of a protobuf message, encoded. */
export type Field = Uint8Array;

const keyOf = (field: number, wireType: number): Uint8Array => varint(BigInt(field * 8 + wireType));

/** A message or part of one: its fields in order. */
export const message = (...fields: readonly Field[]): Uint8Array => Buffer.concat(fields);

/** An int64 field. */
export const int = (field: number, value: number): Field =>
  Buffer.concat([keyOf(field, 0), varint(BigInt.asUintN(64, BigInt(value)))]);

/** A double field. */
export function double(field: number, value: number): Field {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([keyOf(field, 1), bytes]);
}

/** A float field: 32 bits. */
export function float(field: number, value: number): Field {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([keyOf(field, 5), bytes]);
}

/** A field of bytes, of text in UTF-8, or of an embedded message. */
export function bytes(field: number, value: Uint8Array | string): Field {
  const body = typeof value === "string" ? Buffer.from(value, "utf8") : value;
  return Buffer.concat([keyOf(field, 2), varint(BigInt(body.byteLength)), body]);
}

function varint(value: bigint): Uint8Array {
  const out: number[] = [];
  let rest = value;
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    out.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Uint8Array.from(out);
}
