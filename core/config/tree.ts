import type { Secret } from "../util/secret.ts";
import type { Location } from "../util/errors.ts";

/** A text that config values come from: a YAML file or one `--set`. */
export interface Source {
  /** As shown to people: a path relative to the working directory, "halo:…", or "--set #2". */
  readonly name: string;
  readonly text: string;
  /** Absolute folder that relative paths written in this text start from. */
  readonly folder: string;
}

/** A piece of one line of a source; `line` and `col` are 1-based, `width` is in characters. */
export interface Span {
  readonly source: Source;
  readonly line: number;
  readonly col: number;
  readonly width: number;
}

export interface ScalarTree {
  readonly kind: "scalar";
  readonly value: null | boolean | number | string | Secret;
  /** Set when a reference in it has a finding already: checks say nothing more about it. */
  readonly isFailed?: true;
  /** The text of an environment variable that was read as a number or a truth value: what counts where text is wanted. */
  readonly text?: string;
  /** Set when its text begins with an environment variable: a path in it was not written in this source. */
  readonly isFromEnv?: true;
  readonly at: Span;
}

export interface ListTree {
  readonly kind: "list";
  readonly items: readonly Tree[];
  readonly at: Span;
}

export interface MapEntry {
  readonly key: Span;
  readonly value: Tree;
}

export interface MapTree {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly at: Span;
}

/** A config value that remembers where every part of it was written. */
export type Tree = ScalarTree | ListTree | MapTree;

/** Names and indexes from the root down. */
export type Path = readonly (string | number)[];

/** The value at `path`, or undefined. */
export function treeAt(tree: Tree, path: Path): Tree | undefined {
  let at: Tree | undefined = tree;
  for (const part of path) {
    if (at?.kind === "map") at = at.entries.get(String(part))?.value;
    else if (at?.kind === "list") at = at.items[Number(part)];
    else return undefined;
  }
  return at;
}

/** Where the value at `path` was written; when it is absent, the key of the nearest map around it. */
export function spanOf(tree: Tree, path: Path): Span {
  const value = treeAt(tree, path);
  return value ? value.at : keySpanOf(tree, path.slice(0, -1));
}

/** Where the key at `path` was written; of a list item, where the item starts. */
export function keySpanOf(tree: Tree, path: Path): Span {
  for (let length = path.length; length > 0; length--) {
    const parent = treeAt(tree, path.slice(0, length - 1));
    const name = path[length - 1]!;
    if (parent?.kind === "map") {
      const entry = parent.entries.get(String(name));
      if (entry) return entry.key;
    }
    if (parent?.kind === "list") {
      const item = parent.items[Number(name)];
      if (item) return item.at;
    }
  }
  return tree.at;
}

/** A span as an error location. */
export function locationOf(span: Span): Location {
  return { file: span.source.name, line: span.line, col: span.col };
}

/** A path as people write it: "rewards.0.weight". */
export const pathText = (path: Path): string => path.join(".");

/** The plain string of a scalar, or undefined. */
export function stringOf(tree: Tree | undefined): string | undefined {
  return tree?.kind === "scalar" && typeof tree.value === "string" ? tree.value : undefined;
}
