import type { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";

/** The bytes of a file; undefined when there is no such file. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (e) {
    const { code } = e as { code?: string };
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw e;
  }
}
