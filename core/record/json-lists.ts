import { Buffer } from "node:buffer";

/** A piece of the bytes of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const [quote, backslash, openBrace, closeBrace] = [0x22, 0x5c, 0x7b, 0x7d];

/**
 * Where the lists of that name stand in a text that `JSON.stringify` made, in its order: those that are members of an object
 * with `depth` brackets open, its own among them. Megabytes are passed over without a value being made of them.
 */
export function listsNamed(
  name: string,
  { bytes, depth: wanted }: { readonly bytes: Buffer; readonly depth: number },
): readonly Span[] {
  const key = Buffer.from(`${JSON.stringify(name)}:[`);
  const spans: Span[] = [];
  let start = -1;
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === quote) {
      const isOne = depth === wanted && stands(key, bytes, at);
      at = endOfString(bytes, at);
      if (isOne) start = at + 2;
    } else if (isOpening(byte)) depth++;
    else if (isClosing(byte)) {
      depth--;
      if (depth === wanted && start >= 0) {
        spans.push({ start, end: at + 1 });
        start = -1;
      }
    }
  }
  return spans;
}

function stands(key: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < key.length; i++) if (bytes[at + i] !== key[i]) return false;
  return true;
}

/** The quotation mark that ends the string which begins at `at`. */
function endOfString(bytes: Uint8Array, at: number): number {
  let end = at + 1;
  while (end < bytes.length && bytes[end] !== quote) end += bytes[end] === backslash ? 2 : 1;
  return end;
}

/** "[" and "{", and "]" and "}", differ in one bit. */
const isOpening = (byte: number): boolean => (byte | 0x20) === openBrace;
const isClosing = (byte: number): boolean => (byte | 0x20) === closeBrace;
