/** Names of the files that hold answers and pictures where no server does. The page and the export both make them. */
export function staticName(name: string, query: Readonly<Record<string, string>>): string {
  const parts = Object.entries(query).sort(([a], [b]) => a < b ? -1 : 1).map(([key, value]) => `${key}=${value}`);
  return `${name}-${hashed([name, ...parts].join("\n"))}`;
}

/** 53 bits of a text, as base 36: two runs of a multiplicative hash, since a page from disk may have no cryptography. */
function hashed(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
