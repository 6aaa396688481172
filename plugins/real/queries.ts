import { createRequire } from "node:module";
import type { Json, Verdict } from "halo-agent";
import type { Query } from "./agisdk.ts";

interface JmesPath {
  search(data: Json, query: string): Json;
}

let jmespath: JmesPath | undefined;

/** What the queries of a task say of a report: it passes when each finds what is expected. A query that fails finds nothing. */
export function askQueries(queries: readonly Query[], report: Json): Pick<Verdict, "success" | "reason"> {
  for (const { query, expected } of queries) {
    const found = searched(report, query);
    if (isEqual(found, expected)) continue;
    const reason = `the query ${query} finds ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`;
    return { success: false, reason };
  }
  return { success: true, reason: `all ${queries.length} queries find what they should` };
}

function searched(report: Json, query: string): Json {
  jmespath ??= createRequire(import.meta.url)("jmespath") as JmesPath;
  try {
    return jmespath.search(report, query) ?? null;
  } catch {
    return null; // The official harness takes a query that fails for one that does not pass.
  }
}

/** Equality as Python's `==` has it for JSON: by type, but that true is 1 and false is 0. */
function isEqual(a: Json, b: Json): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => isEqual(item, b[i]!));
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a);
    return names.length === Object.keys(b).length &&
      names.every((name) => Object.hasOwn(b, name) && isEqual(a[name]!, b[name]!));
  }
  return plain(a) === plain(b);
}

const isObject = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const plain = (value: Json): Json => typeof value === "boolean" ? Number(value) : value;
