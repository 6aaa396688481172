import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Takes the sums out of the records of a run folder, as an older halo wrote them: reading looks at every one then. */
export function withoutSums(folder: string): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { parentPath, name } of files) {
    if (!/\.jsonl?$|^COMMIT$/.test(name)) continue;
    const path = join(parentPath, name);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(/"sum":\s*"\w{64}",\s*/, "").replace(/,"sum":"\w{16}"\}$/gm, "}"));
  }
}
