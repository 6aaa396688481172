import type { ErrorCode } from "../util/codes.ts";
import { HaloError } from "../util/errors.ts";
import { locationOf, type Span } from "./tree.ts";

/** One finding in a pipeline file, with the piece of text it is about. */
export class ConfigProblem extends HaloError {
  readonly span: Span | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    o: { readonly span?: Span | undefined; readonly hint?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(code, message, {
      ...(o.span && { at: locationOf(o.span) }),
      ...(o.hint !== undefined && { hint: o.hint }),
      ...(o.cause !== undefined && { cause: o.cause }),
    });
    this.span = o.span;
  }
}

/** All findings of one pipeline, each once, in the order of their places: files by name, `--set` last. */
export class ConfigErrors extends HaloError {
  readonly errors: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    // Text in a map under `stages` is found wrong once for each stage that it changes, text of all arms once for each.
    const keyOf = (e: ConfigProblem) => `${e.code} ${positionOf(e)}${e.message.replace(/\bstages\.\d+\./, "")}`;
    const seen = new Set<string>();
    const errors = problems.filter((e) => !seen.has(keyOf(e)) && seen.add(keyOf(e))).sort(byPlace);
    super("HALO_CONFIG_INVALID", errors.map((e) => `${positionOf(e)}${e.message}`).join("\n"));
    this.errors = errors;
  }
}

function positionOf({ at }: ConfigProblem): string {
  return at ? `${at.file}:${at.line}:${at.col}: ` : "";
}

function byPlace(a: ConfigProblem, b: ConfigProblem): number {
  const [x, y] = [a.at, b.at];
  if (!x || !y) return Number(Boolean(x)) - Number(Boolean(y));
  const sets = setNumber(x.file) - setNumber(y.file);
  if (sets !== 0) return sets;
  if (x.file !== y.file) return x.file < y.file ? -1 : 1;
  return x.line - y.line || x.col - y.col;
}

/** n of "--set #n"; 0 for a file. */
function setNumber(file: string): number {
  return Number(file.match(/^--set #(\d+)$/)?.[1] ?? 0);
}
