import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Absolute folder of halo's own package, from a checkout and from a built package alike. */
export function packageRoot(): string {
  for (let dir = dirname(fileURLToPath(import.meta.url));; dir = dirname(dir)) {
    const file = join(dir, "package.json");
    if (existsSync(file) && JSON.parse(readFileSync(file, "utf8")).name === "halo-agent") return dir;
    if (dir === dirname(dir)) throw new Error("halo's own package.json was not found above " + import.meta.url);
  }
}
