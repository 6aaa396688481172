import {
  type Alias,
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from "yaml";
import { invisibleIn } from "../util/visible.ts";
import { ConfigProblem } from "./problem.ts";
import type { MapEntry, Source, Span, Tree } from "./tree.ts";

/** More values than any pipeline has; reached only by aliases that repeat or contain themselves. */
const maxValues = 20_000;
const maxDepth = 100;

export interface ReadOptions {
  /** Offset in `source.text` where the YAML begins; 0 unless told. */
  readonly from?: number;
  readonly problems: ConfigProblem[];
}

/** Parses YAML 1.2 into a tree with places; adds what is wrong to `problems` and returns undefined then. */
export function readTree(source: Source, o: ReadOptions): Tree | undefined {
  const from = o.from ?? 0;
  const lines = new LineCounter();
  // Blanks in front keep every offset of the parser an offset into the source.
  const text = " ".repeat(from) + source.text.slice(from);
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    keepSourceTokens: true,
  });
  const span = (start: number, end: number): Span => {
    const { line, col } = lines.linePos(start);
    const lineEnd = text.indexOf("\n", start);
    const stop = Math.min(end, lineEnd < 0 ? text.length : lineEnd);
    const width = text.slice(start, stop).trimEnd().length;
    return { source, line, col, width: Math.max(1, width) };
  };
  const tab = tabIndent(text, span);
  if (tab && document.errors.length > 0) {
    o.problems.push(
      new ConfigProblem("HALO_YAML_SYNTAX", "a tab stands where the line is indented", {
        span: tab,
        hint: "indent with spaces; YAML allows no tabs there",
      }),
    );
    return undefined;
  }
  const found = [...document.errors, ...document.warnings];
  let lastLine = 0;
  for (const e of found) {
    const at = spanOfSyntax(text, e.pos[0], span);
    // One slip makes several errors on its line; the first one says most.
    if (at.line === lastLine) continue;
    lastLine = at.line;
    if (e.code === "DUPLICATE_KEY") {
      const key = text.slice(e.pos[0]).match(/^[^\s:]+/)?.[0] ?? "";
      o.problems.push(
        new ConfigProblem("HALO_YAML_DUPLICATE_KEY", `the key "${key}" stands twice in this map`, {
          span: at,
          hint: "keep one of them",
        }),
      );
    } else if (e.code === "MULTIPLE_DOCS") {
      o.problems.push(
        new ConfigProblem("HALO_YAML_SYNTAX", "a second document begins here; a file holds one pipeline", {
          span: at,
          hint: "remove the line `---`, or put what follows into a file of its own and name it by --overlay",
        }),
      );
    } else {
      o.problems.push(
        new ConfigProblem("HALO_YAML_SYNTAX", `not valid YAML: ${firstLine(e.message)}`, {
          span: at,
          hint: syntaxHint(e.code),
        }),
      );
    }
  }
  if (found.length > 0) return undefined;
  return new TreeReader(document, { span, problems: o.problems }).root(source);
}

/** The first tab among the blanks that a line begins with. */
function tabIndent(text: string, span: (start: number, end: number) => Span): Span | undefined {
  const found = /^ *\t(?=[ \t]*[^\s#])/m.exec(text);
  if (found === null) return undefined;
  const at = found.index + found[0].length - 1;
  return { ...span(at, at + 1), width: 1 };
}

/** What most often stands behind a syntax error. */
function syntaxHint(code: ErrorCode): string {
  return /INDENT|BLOCK|TAB/.test(code)
    ? "keys of one map start in the same column, deeper ones two spaces further; no tabs"
    : "look for an unclosed bracket or quote, a missing space after a colon, or text with `: ` or ` #` that needs quotes";
}

class TreeReader {
  readonly #document: Document;
  readonly #span: (start: number, end: number) => Span;
  readonly #problems: ConfigProblem[];
  #values = 0;
  #depth = 0;
  #failed = false;

  constructor(
    document: Document,
    o: { readonly span: (start: number, end: number) => Span; readonly problems: ConfigProblem[] },
  ) {
    this.#document = document;
    this.#span = o.span;
    this.#problems = o.problems;
  }

  root(source: Source): Tree | undefined {
    const contents = this.#document.contents as Node | null;
    if (!contents) return { kind: "scalar", value: null, at: { source, line: 1, col: 1, width: 1 } };
    const tree = this.#tree(contents);
    return this.#failed ? undefined : tree;
  }

  #tree(node: Node): Tree {
    const at = this.#at(node);
    if (++this.#values > maxValues || this.#depth > maxDepth) {
      return this.#fail(at, "this value contains itself, or repeats too often, through aliases");
    }
    this.#depth++;
    const tree = this.#inner(node, at);
    this.#depth--;
    return tree;
  }

  #inner(node: Node, at: Span): Tree {
    if (isAlias(node)) return this.#alias(node, at);
    if (isSeq(node)) return { kind: "list", items: node.items.map((item) => this.#tree(item as Node)), at };
    if (isMap(node)) return { kind: "map", entries: this.#entries(node.items as Pair[]), at };
    const value = isScalar(node) ? node.value : null;
    if (value === null || typeof value === "string" || typeof value === "boolean") return { kind: "scalar", value, at };
    if (typeof value === "number" && Number.isFinite(value)) return { kind: "scalar", value, at };
    return this.#fail(at, `expected a string, number, true, false or null, got ${String(value)}`);
  }

  #alias(alias: Alias, at: Span): Tree {
    const target = alias.resolve(this.#document);
    return target ? this.#tree(target) : this.#fail(at, `no anchor "&${alias.source}" stands before this alias`);
  }

  #entries(pairs: readonly Pair[]): Map<string, MapEntry> {
    const entries = new Map<string, MapEntry>();
    for (const { key, value } of pairs) {
      const name = isScalar(key) && key.value !== null ? String(key.value) : undefined;
      const at = this.#at(key);
      if (name === undefined || name === "__proto__") {
        this.#fail(at, "expected a plain name as key");
        continue;
      }
      const unseen = invisibleIn(name);
      if (unseen) {
        const hint = "delete the line and type it anew";
        this.#fail(at, `the key "${name}" holds an invisible character (${unseen.name})`, hint);
        continue;
      }
      entries.set(name, { key: at, value: value ? this.#tree(value) : { kind: "scalar", value: null, at } });
    }
    return entries;
  }

  #at(node: Node | null): Span {
    const [start, end] = node?.range ?? [0, 1];
    return this.#span(start, end);
  }

  #fail(span: Span, message: string, hint?: string): Tree {
    if (!this.#failed) this.#problems.push(new ConfigProblem("HALO_YAML_SYNTAX", message, { span, hint }));
    this.#failed = true;
    return { kind: "scalar", value: null, at: span };
  }
}

interface Pair {
  readonly key: Node | null;
  readonly value: Node | null;
}

/** Syntax errors may point past the last character or at a line break: stand on the last visible one instead. */
function spanOfSyntax(text: string, pos: number, span: (start: number, end: number) => Span): Span {
  let at = Math.min(pos, Math.max(0, text.length - 1));
  while (at > 0 && /\s/.test(text[at] ?? " ")) at--;
  const word = text.slice(at).match(/^[^\s:,]+/)?.[0].length ?? 1;
  return span(at, at + word);
}

function firstLine(message: string): string {
  return message.split("\n")[0]!.replace(/ at line \d+, column \d+:?$/, "").replace(/^./, (c) => c.toLowerCase());
}
