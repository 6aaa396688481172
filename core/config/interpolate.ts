import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { didYouMean } from "../util/nearest.ts";
import { Secret } from "../util/secret.ts";
import { ConfigProblem } from "./problem.ts";
import type { ScalarTree, Tree } from "./tree.ts";

/** Variables by name, as in `process.env`. */
export type Env = Readonly<Record<string, string | undefined>>;

export interface InterpolateOptions {
  readonly env: Env;
  readonly problems: ConfigProblem[];
  /** Receives a line for each secret that is not set, which is no problem then: its value is a stand-in. */
  readonly unset?: string[];
}

/**
 * Replaces `${env:NAME}`, `${env:NAME:-default}` and `${secret:NAME}` in every string; `$${` stands for a plain `${`. A
 * default may hold references of its own. A string that is one whole reference may be a number or a truth value; where
 * the schema wants text its text counts. A secret becomes a `Secret`.
 */
export function interpolate(tree: Tree, o: InterpolateOptions): Tree {
  switch (tree.kind) {
    case "map": {
      const entries = [...tree.entries].map(([name, e]) =>
        [name, { key: e.key, value: interpolate(e.value, o) }] as const
      );
      return { ...tree, entries: new Map(entries) };
    }
    case "list":
      return { ...tree, items: tree.items.map((item) => interpolate(item, o)) };
    case "scalar":
      return typeof tree.value === "string" && tree.value.includes("${") ? scalar(tree, tree.value, o) : tree;
  }
}

function scalar(tree: ScalarTree, text: string, o: InterpolateOptions): ScalarTree {
  const before = o.problems.length;
  const whole = !text.startsWith("$$") && text.startsWith("${") && endOf(text, 0) === text.length;
  let secret: Secret | undefined;
  /** Whether the text begins with what a variable holds; what a file gives as a default is a text of that file. */
  let isFromEnv = false as boolean;
  const filled = replaceReferences(text, (match, at) => {
    const inner = match.slice(2, match.endsWith("}") ? -1 : undefined);
    const [, kind, name, fallback] = inner.match(/^(env|secret):([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s) ?? [];
    if (!kind || !name || !match.endsWith("}") || (kind === "secret" && (fallback !== undefined || !whole))) {
      return fail(tree, "HALO_REFERENCE_INVALID", malformed(kind, match), {
        ...o,
        hint: "write ${env:NAME}, ${env:NAME:-default}, or ${secret:NAME} alone; $${ for a plain ${",
      });
    }
    if (kind === "env") {
      const value = o.env[name];
      if (value || fallback !== undefined) {
        const given = value ? { value, isFromEnv: true } : scalar({ ...tree, value: fallback! }, fallback!, o);
        if (at === 0) isFromEnv = given.isFromEnv === true;
        return String(given.value);
      }
      const isEmpty = value === "";
      const what = isEmpty ? "is set and empty" : `is not set${didYouMean(name, Object.keys(o.env))}`;
      return fail(tree, "HALO_ENV_MISSING", `the environment variable ${name} ${what}`, {
        ...o,
        hint: `export ${name}=… or give a default: \${env:${name}:-${isEmpty ? "}, which allows nothing" : "value}"}`,
      });
    }
    secret = readSecret(name, tree, o);
    return "";
  });
  if (o.problems.length > before) return { ...tree, isFailed: true };
  if (secret) return { ...tree, value: secret };
  const value = whole ? scalarOf(filled) : filled;
  return {
    ...tree,
    value,
    ...(value !== filled && { text: filled }),
    ...(isFromEnv && { isFromEnv: true }),
  };
}

/** The text with every reference replaced, a nested one with the one around it, and `$${` by a plain `${`. */
function replaceReferences(text: string, valueOf: (reference: string, at: number) => string): string {
  let out = "";
  for (let at = 0; at < text.length;) {
    if (text.startsWith("$${", at)) {
      out += "${";
      at += 3;
    } else if (text.startsWith("${", at)) {
      const end = endOf(text, at);
      out += valueOf(text.slice(at, end), at);
      at = end;
    } else {
      out += text[at++];
    }
  }
  return out;
}

/** Where the reference that begins at `from` ends, nested ones included; the end of the text when it is not closed. */
function endOf(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith("${", at)) depth++;
    else if (text[at] === "}" && --depth === 0) return at + 1;
  }
  return text.length;
}

function malformed(kind: string | undefined, match: string): string {
  return kind === "secret"
    ? `a secret must be the whole value and has no default, got "${match}"`
    : `"${match}" is no reference`;
}

function readSecret(name: string, tree: ScalarTree, o: InterpolateOptions): Secret {
  const file = o.env[`${name}_FILE`];
  try {
    const value = o.env[name] || (file && readFileSync(file, "utf8").trim());
    if (value) return new Secret(name, value);
  } catch {
    // Fall through: the message must not quote the file.
  }
  const hint = `export ${name}=…, or ${name}_FILE=<path of a file that holds it>${
    /^HALO_\w+_TOKEN$/.test(name) ? "; in this folder halo serve makes it" : ""
  }`;
  const { source, line } = tree.at;
  if (o.unset) o.unset.push(`the secret ${name} of ${source.name}:${line} is not set and a run needs it: ${hint}`);
  else fail(tree, "HALO_SECRET_MISSING", `the secret ${name} is not set`, { ...o, hint });
  return new Secret(name, "(not set)");
}

function fail(
  tree: ScalarTree,
  code: "HALO_REFERENCE_INVALID" | "HALO_ENV_MISSING" | "HALO_SECRET_MISSING",
  message: string,
  o: InterpolateOptions & { readonly hint: string },
): string {
  o.problems.push(new ConfigProblem(code, message, { span: tree.at, hint: o.hint }));
  return "";
}

function scalarOf(text: string): ScalarTree["value"] {
  try {
    const value: unknown = parse(text);
    if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return value;
  } catch {
    // Not YAML: it stays the text it is.
  }
  return text;
}
