import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The entry file of an npm package (`name`, `@scope/name`, with an optional subpath) as ES modules resolve it from `folder`, or undefined. */
export function packageEntry(specifier: string, folder: string): string | undefined {
  const [, name, subpath = ""] = specifier.match(/^((?:@[^/]+\/)?[^/]+)(\/.+)?$/) ?? [];
  if (name === undefined) return undefined;
  for (let dir = folder;; dir = dirname(dir)) {
    const root = join(dir, "node_modules", name);
    if (existsSync(join(root, "package.json"))) return entryOf(root, `.${subpath}`);
    if (dir === dirname(dir)) return undefined;
  }
}

function entryOf(root: string, subpath: string): string | undefined {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const target = manifest.exports === undefined
    ? (subpath === "." ? manifest.main ?? "index.js" : subpath)
    : exported(manifest.exports, subpath);
  const file = target === undefined ? undefined : join(root, target);
  return file !== undefined && existsSync(file) ? file : undefined;
}

function exported(exports: unknown, subpath: string): string | undefined {
  const bySubpath = typeof exports === "object" && exports !== null &&
    Object.keys(exports).some((key) => key.startsWith("."));
  if (bySubpath) return byCondition((exports as Record<string, unknown>)[subpath]);
  return subpath === "." ? byCondition(exports) : undefined;
}

function byCondition(target: unknown): string | undefined {
  if (typeof target === "string") return target;
  if (typeof target !== "object" || target === null) return undefined;
  for (const [condition, value] of Object.entries(target)) {
    if (!["import", "node", "module-sync", "default"].includes(condition)) continue;
    const found = byCondition(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
