import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import type { Rng } from "halo-agent";

/** Ways to damage a file that keep its name. Each returns what it did. */
export const waysToDamage: Readonly<Record<string, (file: string, rng: Rng) => string>> = {
  flipped(file, rng) {
    const bytes = readFileSync(file);
    if (bytes.length === 0) return "is empty as it is";
    const at = rng.int(bytes.length);
    const mask = 1 + rng.int(255);
    bytes[at] = bytes[at]! ^ mask;
    writeFileSync(file, bytes);
    return `byte ${at} of ${bytes.length} xor ${mask}`;
  },
  truncated(file, rng) {
    const { length } = readFileSync(file);
    const left = rng.int(Math.max(1, length));
    truncateSync(file, left);
    return `${left} of ${length} bytes left`;
  },
  "cut by a line"(file) {
    const bytes = readFileSync(file);
    const left = bytes.subarray(0, -1).lastIndexOf(0x0a) + 1;
    truncateSync(file, left);
    return `${left} of ${bytes.length} bytes left`;
  },
  emptied(file) {
    truncateSync(file, 0);
    return "0 bytes left";
  },
};
