import { stringify } from "yaml";
import type { Json } from "../domain/json.ts";
import { treeOf } from "./load.ts";
import type { Pipeline } from "./pipeline.ts";
import { type MapTree, type Path, type Tree, treeAt } from "./tree.ts";

interface Line {
  readonly text: string;
  readonly origin: string;
}

/** The resolved pipeline as YAML that loads again, each value with the place it came from as a comment. */
export function printPipeline(pipeline: Pipeline): string {
  const lines = linesOf(pipeline.document, { path: [], indent: "", tree: treeOf(pipeline) });
  const width = Math.min(72, Math.max(0, ...lines.filter((l) => l.origin).map((l) => l.text.length)));
  return lines.map(({ text, origin }) => origin ? `${text.padEnd(width)}  # ${origin}\n` : `${text}\n`).join("");
}

interface Cursor {
  readonly path: Path;
  readonly indent: string;
  readonly tree: MapTree | undefined;
}

function linesOf(value: Json, at: Cursor): Line[] {
  const { path, indent } = at;
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => {
      const inner = linesOf(item, { ...at, path: [...path, i], indent: `${indent}  ` });
      if (isLeaf(item)) return [{ ...leaf(item, at.tree, [...path, i]), text: `${indent}- ${scalar(item)}` }];
      const [first, ...rest] = inner;
      return [{ ...first!, text: `${indent}- ${first!.text.slice(indent.length + 2)}` }, ...rest];
    });
  }
  return Object.entries(value as Readonly<Record<string, Json>>).flatMap(([name, inner]) => {
    const inside = { ...at, path: [...path, name], indent: `${indent}  ` };
    const key = `${indent}${scalar(name)}:`;
    if (isLeaf(inner)) return [{ ...leaf(inner, at.tree, inside.path), text: `${key} ${scalar(inner)}` }];
    return [{ text: key, origin: "" }, ...linesOf(inner, inside)];
  });
}

/** Scalars, and the empty list and map, stand on one line. */
function isLeaf(value: Json): boolean {
  return typeof value !== "object" || value === null || Object.keys(value).length === 0;
}

function leaf(value: Json, tree: MapTree | undefined, path: Path): Line {
  return { text: scalar(value), origin: originText(tree && written(tree, path)) };
}

/** The part a value was written as: a plugin's name may stand alone, without `use:`. */
function written(tree: MapTree, path: Path): Tree | undefined {
  const found = treeAt(tree, path);
  if (found || path.at(-1) !== "use") return found;
  const parent = treeAt(tree, path.slice(0, -1));
  return parent?.kind === "scalar" ? parent : undefined;
}

function originText(node: Tree | undefined): string {
  if (!node) return "default";
  const { source, line } = node.at;
  return source.name.startsWith("--set") ? source.name : `${source.name}:${line}`;
}

function scalar(value: Json): string {
  return stringify(value, { lineWidth: 0, defaultStringType: "PLAIN", collectionStyle: "flow" }).trimEnd();
}
