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
 * Replaces `${env:NAME}`, `${env:NAME:-default}` and `${secret:NAME}` in every string; `$${` stands for a plain `${`.
 * A string that is one whole reference is read as YAML, so numbers stay numbers; a secret becomes a `Secret`.
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

const reference = /\$\$\{|\$\{([^}]*)\}?/g;

function scalar(tree: ScalarTree, text: string, o: InterpolateOptions): ScalarTree {
  const before = o.problems.length;
  const whole = /^\$\{[^}]*\}$/.test(text);
  let secret: Secret | undefined;
  const filled = text.replace(reference, (match, inner: string | undefined) => {
    if (inner === undefined) return "${";
    const [, kind, name, fallback] = inner.match(/^(env|secret):([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s) ?? [];
    if (!kind || !name || !match.endsWith("}") || (kind === "secret" && (fallback !== undefined || !whole))) {
      return fail(tree, "HALO_REFERENCE_INVALID", malformed(kind, match), {
        ...o,
        hint: "write ${env:NAME}, ${env:NAME:-default}, or ${secret:NAME} alone; $${ for a plain ${",
      });
    }
    if (kind === "env") {
      const value = o.env[name] || fallback;
      if (value !== undefined) return value;
      return fail(
        tree,
        "HALO_ENV_MISSING",
        `the environment variable ${name} is not set${didYouMean(name, Object.keys(o.env))}`,
        {
          ...o,
          hint: `export ${name}=… or give a default: \${env:${name}:-value}`,
        },
      );
    }
    secret = readSecret(name, tree, o);
    return "";
  });
  if (o.problems.length > before) return { ...tree, isFailed: true };
  if (secret) return { ...tree, value: secret };
  const value = whole && !text.startsWith("$$") ? scalarOf(filled) : filled;
  return { ...tree, value, ...(text.startsWith("${") && { isFromEnv: true }) };
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
