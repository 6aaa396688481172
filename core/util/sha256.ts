import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** sha256 in lower-case hex; text is hashed as UTF-8. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** sha256 over the files of a folder, subfolders included, in name order: what `Adapter.sha256` holds. */
export async function sha256Folder(dir: string): Promise<string> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((e) => e.isFile()).map((e) =>
    relative(dir, join(e.parentPath, e.name)).replaceAll(sep, "/")
  );
  const hash = createHash("sha256");
  for (const file of files.sort()) {
    const bytes = await readFile(join(dir, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}
