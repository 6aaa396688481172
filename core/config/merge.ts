import { resolve } from "node:path";
import { type MapEntry, type MapTree, stringOf, type Tree } from "./tree.ts";

/** What a tree is: a whole pipeline, its `arms`, something in one of them, or any other part. */
export type PartOf = "pipeline" | "arms" | "arm" | "part";

/**
 * Lays `over` on `base`: maps merge, lists and scalars replace, null removes. In an arm a null stays: it removes something of
 * the pipeline that the arm is laid over.
 * Where both name a `use` and the names differ, the options under `base` belong to another plugin and are dropped.
 */
export function mergeTrees(base: Tree | undefined, over: Tree, part: PartOf = "part"): Tree {
  if (over.kind !== "map") return over;
  const entries = new Map<string, MapEntry>(base?.kind === "map" ? base.entries : []);
  if (base?.kind === "map" && changesUse(base, over)) entries.delete("options");
  for (const [name, { key, value }] of over.entries) {
    if (value.kind === "scalar" && value.value === null && part !== "arm") entries.delete(name);
    else entries.set(name, { key, value: mergeTrees(entries.get(name)?.value, value, partIn(part, name)) });
  }
  return { kind: "map", entries, at: over.at };
}

/** What the entry `name` of such a tree is. */
export function partIn(part: PartOf, name: string): PartOf {
  if (part === "pipeline") return name === "arms" ? "arms" : "part";
  return part === "part" ? "part" : "arm";
}

function changesUse(base: MapTree, over: MapTree): boolean {
  const [from, to] = [base.entries.get("use"), over.entries.get("use")];
  return from !== undefined && to !== undefined && useKey(from) !== useKey(to);
}

/** Equal for two ways of writing the same plugin file from different folders. */
function useKey({ value }: MapEntry): string {
  const use = stringOf(value) ?? "";
  return use.startsWith(".") ? resolve(value.at.source.folder, use) : use;
}
