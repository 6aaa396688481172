import { createHash, hash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** sha256 in lower-case hex; text is hashed as UTF-8. */
export function sha256(data: string | Uint8Array): string {
  return hash("sha256", data, "hex");
}

/** sha256 over the files of a folder, subfolders included, in name order: what `Adapter.sha256` holds. */
export async function sha256Folder(dir: string): Promise<string> {
  return await sha256Of(dir, await filesBelow(dir));
}

/** sha256 over some files of a folder, in their order: path, size and bytes; of those above `mostBytes` path and size only. */
export async function sha256Of(
  dir: string,
  files: readonly string[],
  { mostBytes = Infinity }: { readonly mostBytes?: number } = {},
): Promise<string> {
  const sum = createHash("sha256");
  for (const file of files) {
    const path = join(dir, file);
    const { size } = await stat(path);
    sum.update(`${file}\0${size}\0`);
    if (size <= mostBytes) sum.update(await readFile(path));
  }
  return sum.digest("hex");
}

/** sha256 of each file below `dir/folder`, by its path from `dir`; nothing where there is no such folder. */
export async function sha256Files(dir: string, folder: string): Promise<Readonly<Record<string, string>>> {
  const files = await filesBelow(join(dir, folder)).catch(() => []);
  const named = files.map(async (file) => {
    const name = `${folder}/${file}`;
    return [name, sha256(await readFile(join(dir, name)))] as const;
  });
  return Object.fromEntries(await Promise.all(named));
}

/** Paths of all files of a folder, from it, with `/`, sorted. */
export async function filesBelow(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries.filter((e) => e.isFile()).map((e) => relative(dir, join(e.parentPath, e.name)).replaceAll(sep, "/"))
    .sort();
}
