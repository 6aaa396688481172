import { mergeTrees, partIn, type PartOf } from "./merge.ts";
import { ConfigProblem } from "./problem.ts";
import { readTree } from "./read.ts";
import { mergeLayer } from "./stage-patch.ts";
import { type MapTree, pathText, type Source, type Span, type Tree } from "./tree.ts";

interface Part {
  readonly name: string;
  readonly at: Span;
}

interface Override {
  readonly parts: readonly Part[];
  readonly value: Tree;
}

export interface OverrideOptions {
  /** Folder that a relative `use:` in a value starts from. */
  readonly cwd: string;
  readonly problems: ConfigProblem[];
}

/**
 * Applies `--set a.b=value` texts in order; values are YAML, null removes. List items are named by index; `stages.train.…`
 * changes every stage of that kind, as a map under `stages` of a file does.
 */
export function applySets(tree: Tree, sets: readonly string[], o: OverrideOptions): Tree {
  let result = tree;
  for (const [i, text] of sets.entries()) {
    const override = parseSet({ name: `--set #${i + 1}`, text, folder: o.cwd }, o.problems);
    if (!override) continue;
    const [first, second] = override.parts;
    const isKind = result.kind === "map" && first?.name === "stages" && second !== undefined &&
      !/^\d+$/.test(second.name);
    result = isKind
      ? mergeLayer(result as MapTree, asLayer(override), o.problems)
      : setAt(result, { override, depth: 0, problems: o.problems });
  }
  return result;
}

/** An override written out as a file of its own. */
function asLayer({ parts, value }: Override): MapTree {
  return parts.reduceRight<Tree>(
    (inner, { name, at }) => ({ kind: "map", entries: new Map([[name, { key: at, value: inner }]]), at }),
    value,
  ) as MapTree;
}

function parseSet(source: Source, problems: ConfigProblem[]): Override | undefined {
  const equals = source.text.indexOf("=");
  const span = (col: number, width: number): Span => ({ source, line: 1, col, width: Math.max(1, width) });
  const path = equals < 0 ? "" : source.text.slice(0, equals);
  const names = path.split(".");
  if (names.some((name) => name === "" || name === "__proto__")) {
    problems.push(
      new ConfigProblem("HALO_SET_SYNTAX", `expected PATH=VALUE, got "${source.text}"`, {
        span: span(1, source.text.length),
        hint: "write for example --set policy.options.temperature=0.5",
      }),
    );
    return undefined;
  }
  const written = source.text.slice(equals + 1).trim();
  if (written === "" || written.startsWith("#")) {
    const what = written === "" ? "has no value" : "has a comment in the place of a value";
    problems.push(
      new ConfigProblem("HALO_SET_SYNTAX", `"${source.text}" ${what}`, {
        span: span(1, source.text.length),
        hint: `null removes the key: --set ${path}=null; an empty text is --set '${path}=""'${
          written === "" ? "" : `, this one --set '${path}="${written}"'`
        }`,
      }),
    );
    return undefined;
  }
  let col = 1;
  const parts = names.map((name) => {
    const part = { name, at: span(col, name.length) };
    col += name.length + 1;
    return part;
  });
  const value = readTree(source, { from: equals + 1, problems });
  return value && { parts, value };
}

interface Step {
  readonly override: Override;
  readonly depth: number;
  readonly problems: ConfigProblem[];
}

function setAt(tree: Tree | undefined, step: Step): Tree {
  const { override, depth, problems } = step;
  const { parts, value } = override;
  const part = parts[depth]!;
  const isLast = depth === parts.length - 1;
  const deeper = { ...step, depth: depth + 1 };
  if (tree?.kind === "list") {
    const index = /^\d+$/.test(part.name) ? Number(part.name) : -1;
    const item = tree.items[index];
    const removes = isLast && value.kind === "scalar" && value.value === null;
    if (!item || removes) {
      const what = pathText(parts.slice(0, depth).map((p) => p.name));
      const count = tree.items.length;
      const message = removes && item
        ? `an item of the list ${what} cannot be removed by index`
        : `the list ${what} has ${
          count === 1 ? "one item: index 0" : `${count} items: indexes 0 to ${count - 1}`
        }, got "${part.name}"`;
      problems.push(
        new ConfigProblem("HALO_SET_INDEX", message, {
          span: part.at,
          hint: `to change its length write the whole list: --set '${what}=[…]'`,
        }),
      );
      return tree;
    }
    return { ...tree, items: tree.items.with(index, isLast ? mergeTrees(item, value) : setAt(item, deeper)) };
  }
  if (tree && tree.kind !== "map") {
    const what = pathText(parts.slice(0, depth).map((p) => p.name));
    problems.push(
      new ConfigProblem("HALO_SET_PATH", `${what} is ${JSON.stringify(tree.value)}, it has no part "${part.name}"`, {
        span: part.at,
        hint: `set the whole value: --set '${what}={ … }'`,
      }),
    );
    return tree;
  }
  const map: MapTree = tree ?? { kind: "map", entries: new Map(), at: depth > 0 ? parts[depth - 1]!.at : part.at };
  if (isLast) {
    const over: MapTree = { kind: "map", entries: new Map([[part.name, { key: part.at, value }]]), at: map.at };
    return mergeTrees(map, over, parts.slice(0, depth).reduce<PartOf>((of, { name }) => partIn(of, name), "pipeline"));
  }
  const existing = map.entries.get(part.name);
  const entry = { key: existing?.key ?? part.at, value: setAt(existing?.value, deeper) };
  return { ...map, entries: new Map(map.entries).set(part.name, entry) };
}
