import { readFileSync } from "node:fs";
import { posix } from "node:path";

/** One `import`, `export … from` or `import()` of a file. */
export interface Import {
  readonly specifier: string;
  /** 1-based. */
  readonly line: number;
  /** Erased before the program runs. */
  readonly typeOnly: boolean;
  /** `import()`: loaded only when reached. */
  readonly dynamic: boolean;
}

/** A TypeScript or JavaScript file as the house rules see it. */
export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** The text with comments and the contents of strings blanked; lines and columns stay. */
  readonly code: string;
  /** The text with comments blanked and strings kept; lines and columns stay. */
  readonly said: string;
  readonly imports: readonly Import[];
}

/** Reads a file and finds its imports. */
export function readSource(root: string, path: string): SourceFile {
  return scan(path, readFileSync(posix.join(root, path), "utf8"));
}

/** Path of what a relative import names, from the root. */
export function target(file: SourceFile, specifier: string): string {
  return posix.join(posix.dirname(file.path), specifier);
}

const token = new RegExp(
  [
    /\/\/[^\n]*/, // line comment
    /\/\*[\s\S]*?\*\//, // block comment
    /(["'])((?:\\[\s\S]|(?!\1)[^\\\n])*)\1/, // string
    /(?<=(?:^|[=(,;:[!&|?{}>\n]|\breturn)\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\n\\[])+\/[a-z]*/, // pattern
    /[`{}]/, // template or the braces that end its `${`
  ].map((part) => part.source).join("|"),
  "g",
);
const templateText = /(?:\\[\s\S]|\$(?!\{)|[^\\`$])*(`|\$\{|$)/y;

/** `readSource` without the file. */
export function scan(path: string, text: string): SourceFile {
  const imports: Import[] = [];
  let code = "";
  let said = "";
  // One entry per open brace: true where the brace is the `${` of a template.
  const braces: boolean[] = [];
  let done = 0;
  const keepTo = (end: number) => {
    code += text.slice(done, end);
    said += text.slice(done, end);
    done = end;
  };
  const blankTo = (end: number, { isComment = false } = {}) => {
    const blank = text.slice(done, end).replace(/[^\n]/g, " ");
    said += isComment ? blank : text.slice(done, end);
    code += blank;
    done = end;
  };
  const skipTemplate = () => {
    templateText.lastIndex = done;
    const found = templateText.exec(text) as RegExpExecArray;
    blankTo(templateText.lastIndex - (found[1]?.length ?? 0));
    keepTo(templateText.lastIndex);
    if (found[1] === "${") braces.push(true);
    token.lastIndex = done;
  };
  token.lastIndex = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [piece, quote, content] = found;
    keepTo(found.index);
    if (quote !== undefined) {
      const one = importBefore(code.slice(-4_000));
      if (one) imports.push({ ...one, specifier: content ?? "", line: lineOf(text, found.index) });
      keepTo(done + 1);
      blankTo(found.index + piece.length - 1);
      keepTo(done + 1);
    } else if (piece === "`") {
      keepTo(done + 1);
      skipTemplate();
    } else if (piece === "{") {
      braces.push(false);
    } else if (piece === "}") {
      if (braces.pop()) {
        keepTo(done + 1);
        skipTemplate();
      }
    } else {
      blankTo(found.index + piece.length, { isComment: /^\/[/*]/.test(piece) });
    }
  }
  keepTo(text.length);
  return { path, text, code, said, imports };
}

/** Says whether the code that ends here makes the string that follows an import. */
function importBefore(code: string): Pick<Import, "typeOnly" | "dynamic"> | undefined {
  if (/\bimport\s*\(\s*$/.test(code)) {
    // `typeof import("x")` and `import("x").Type` after a colon or an angle bracket are types.
    return { typeOnly: /(?:\btypeof|[:<|&])\s*import\s*\(\s*$/.test(code), dynamic: true };
  }
  const statement = code.match(/(?:^|[\n;}])\s*(import|export)\b((?:(?!\b(?:import|export)\b)[^;"'=(])*)$/)?.[2];
  if (statement === undefined || !(statement.trim() === "" || /\bfrom\s*$/.test(statement))) return undefined;
  const names = statement.match(/^\s*\{([^}]*)\}/)?.[1]?.split(",").filter((name) => name.trim() !== "") ?? [];
  const typeOnly = /^\s*type\b(?!\s+from\b)/.test(statement) ||
    (names.length > 0 && names.every((name) => /^\s*type\s/.test(name)));
  return { typeOnly, dynamic: false };
}

/** 1-based line of an offset. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
