import type { ErrorObject } from "ajv";
import type { ErrorCode } from "../util/codes.ts";
import { didYouMean } from "../util/nearest.ts";
import { madeVisible } from "../util/visible.ts";
import { ConfigProblem } from "./problem.ts";
import { keySpanOf, type Path, pathText, type Span, spanOf, type Tree } from "./tree.ts";

/** What a schema describes, in the words of its messages. */
export interface Subject {
  /** `a pipeline`, `an evaluate stage`, `trainer "linear"`. */
  readonly noun: string;
  readonly part: "key" | "option";
  /** Command that shows what is allowed. */
  readonly see?: string;
}

export interface ExplainOptions {
  readonly subject: Subject;
  /** The whole pipeline, for places. */
  readonly tree: Tree;
  /** Where in it the checked data stands. */
  readonly path: Path;
  /** Paths that already have a finding. */
  readonly known: ReadonlySet<string>;
}

interface Explanation {
  readonly code: ErrorCode;
  readonly message: string;
  readonly span: Span;
  readonly hint?: string;
}

/** Turns ajv's errors into findings with places, one for each path. */
export function explain(errors: readonly ErrorObject[], o: ExplainOptions): readonly ConfigProblem[] {
  const seen = new Set<string>(o.known);
  const problems: ConfigProblem[] = [];
  for (const error of errors) {
    const { additionalProperty } = error.params as { readonly additionalProperty?: string };
    const inner = pointerPath(error.instancePath);
    const path = [...o.path, ...inner, ...(additionalProperty === undefined ? [] : [additionalProperty])];
    const key = pathText(path) + (error.keyword === "required" ? ".*" : "");
    if (seen.has(key)) continue;
    seen.add(key);
    const { code, message, span, hint } = explainOne(error, {
      ...o,
      inner,
      full: path,
      missing: missingBeside(error, errors),
    });
    problems.push(new ConfigProblem(code, message, { span, hint: hint ?? (o.subject.see && `halo ${o.subject.see}`) }));
  }
  return problems;
}

function missingBeside(error: ErrorObject, errors: readonly ErrorObject[]): readonly string[] {
  const beside = errors.filter((e) => e.keyword === "required" && e.instancePath === error.instancePath);
  return beside.map((e) => String((e.params as { readonly missingProperty?: string }).missingProperty));
}

interface One extends ExplainOptions {
  /** Path inside the checked data. */
  readonly inner: Path;
  /** Path inside the pipeline, an unknown key included. */
  readonly full: Path;
  /** All required keys that are absent from the same map. */
  readonly missing: readonly string[];
}

function explainOne(error: ErrorObject, o: One): Explanation {
  const { noun, part } = o.subject;
  const params = error.params as Readonly<Record<string, unknown>>;
  const isOption = part === "option";
  const about = isOption ? `option "${pathText(o.inner)}" of ${noun}` : pathText(o.full);
  const name = o.inner.length === 0 ? `the value of ${noun}` : about;
  const span = spanOf(o.tree, o.full);
  const got = shownValue(error.data);
  switch (error.keyword) {
    case "additionalProperties": {
      const unknown = String(params["additionalProperty"]);
      const names = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
      const owner = o.inner.length === 0 ? noun : isOption ? about : pathText(o.full.slice(0, -1));
      return {
        code: isOption ? "HALO_OPTION_UNKNOWN" : "HALO_KEY_UNKNOWN",
        message: `${owner} has no ${part} "${unknown}"${didYouMean(unknown, names)}`,
        span: keySpanOf(o.tree, o.full),
        ...(!o.subject.see && { hint: `known keys: ${names.join(", ")}` }),
      };
    }
    case "required": {
      const { missing } = o;
      const what = missing.length === 1
        ? `the ${part} "${missing[0]}"`
        : `the ${part}s ${missing.map((m) => `"${m}"`).join(", ")}`;
      return {
        code: isOption ? "HALO_OPTION_MISSING" : "HALO_KEY_MISSING",
        message: `${o.inner.length === 0 ? noun : about} requires ${what}`,
        span: keySpanOf(o.tree, o.full),
        ...(!o.subject.see && { hint: `add ${missing.map((m) => `\`${m}:\``).join(", ")}` }),
      };
    }
    case "type":
      return { code: "HALO_VALUE_TYPE", message: `${name} must be ${typeName(params["type"])}, got ${got}`, span };
    case "enum": {
      const allowed = (params["allowedValues"] as readonly unknown[]).map(String);
      const near = typeof error.data === "string" ? didYouMean(error.data, allowed) : "";
      return {
        code: "HALO_VALUE_ENUM",
        message: `${name} must be one of ${allowed.join(", ")}; got ${got}${near}`,
        span,
      };
    }
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
      return {
        code: "HALO_VALUE_RANGE",
        message: `${name} must be ${String(params["comparison"])} ${String(params["limit"])}, got ${got}`,
        span,
      };
    case "minItems":
    case "maxItems":
    case "minLength":
    case "maxLength": {
      const unit = (error.keyword.endsWith("Items") ? "item" : "character") + (params["limit"] === 1 ? "" : "s");
      const bound = error.keyword.startsWith("min") ? "at least" : "at most";
      return {
        code: "HALO_VALUE_LENGTH",
        message: `${name} must have ${bound} ${String(params["limit"])} ${unit}, got ${got}`,
        span,
      };
    }
    case "pattern":
      return {
        code: "HALO_VALUE_PATTERN",
        message: `${name} must match ${String(params["pattern"])}, got ${got}`,
        span,
      };
    default:
      return { code: "HALO_VALUE_TYPE", message: `${name} ${error.message ?? "is not valid"}, got ${got}`, span };
  }
}

/** A value as messages quote it. */
export function shownValue(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object" && value !== null) return "a map";
  const text = madeVisible(JSON.stringify(value) ?? "nothing");
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

function typeName(type: unknown): string {
  const names: Readonly<Record<string, string>> = {
    integer: "an integer",
    number: "a number",
    string: "a text",
    boolean: "true or false",
    array: "a list",
    object: "a map",
  };
  return names[String(type)] ?? String(type);
}

function pointerPath(pointer: string): Path {
  return pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
