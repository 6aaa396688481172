const known = new Map<string, number>();

/** 32-bit hash of a string (FNV-1a over UTF-16 units, then mixed); remembered. */
export function hashOf(text: string): number {
  let h = known.get(text);
  if (h === undefined) {
    h = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    h = finish(h);
    if (known.size > 200_000) known.clear();
    known.set(text, h);
  }
  return h;
}

/** Combines two hashes; the order matters. */
export function join(a: number, b: number): number {
  return finish(Math.imul(a, 0x9e3779b1) ^ Math.imul((b << 15) | (b >>> 17), 0x85ebca6b));
}

function finish(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
