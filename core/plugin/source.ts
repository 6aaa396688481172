import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import type { Plugin } from "./define.ts";

const files = new WeakMap<Plugin, string>();

/** Remembers the file that a plugin was imported from. */
export function knowSource(plugin: Plugin, file: string): void {
  files.set(plugin, file);
}

/** The file that a plugin was imported from; undefined for built-in plugins and packages. */
export const sourceOf = (plugin: Plugin): string | undefined => files.get(plugin);

/** sha256 over a module and everything it imports by a relative path, directly or not. */
export async function sha256Module(file: string): Promise<string> {
  const texts = new Map<string, string>();
  const visit = async (path: string): Promise<void> => {
    if (texts.has(path) || !existsSync(path)) return;
    const text = await readFile(path, "utf8");
    texts.set(path, text);
    for (const [, specifier] of text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}\/[^"'\n]+)["']/g)) {
      await visit(resolve(dirname(path), specifier!));
    }
  };
  await visit(file);
  const hash = createHash("sha256");
  for (const path of [...texts.keys()].sort()) hash.update(`${relative(dirname(file), path)}\0${texts.get(path)}\0`);
  return hash.digest("hex");
}
