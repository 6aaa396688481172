import { HaloError } from "../util/errors.ts";
import { writeWhole } from "./durable.ts";
import { sha256 } from "../util/sha256.ts";
import { readIfThere } from "./read-if-there.ts";
import { checked, type FileFormat, otherSchema } from "./file-format.ts";

/** Writes one JSON object as a whole file; `schema` is its first property, the sum of all that follows its second. */
export async function writeJson(path: string, schema: string, value: object): Promise<void> {
  await writeWhole(path, jsonText(schema, value));
}

/** The text of such a file; `indent` is for people. */
export function jsonText(schema: string, value: object, { indent }: { readonly indent?: number } = {}): string {
  const body = JSON.stringify(value);
  const head = { schema, sum: sha256(body) };
  if (indent !== undefined) return JSON.stringify({ ...head, ...value }, undefined, indent) + "\n";
  // A slot may be megabytes: it is made text once.
  return `${JSON.stringify(head).slice(0, -1)}${body === "{}" ? "" : ","}${body.slice(1)}\n`;
}

/** Reads what `writeJson` wrote; undefined when there is no such file. Throws HALO_RUN_CORRUPT naming the file. */
export async function readJson<T>(
  path: string,
  format: FileFormat<T>,
  o: ReadOptions = {},
): Promise<T | undefined> {
  const text = (await readIfThere(path))?.toString("utf8");
  if (text === undefined) return undefined;
  const redo = o.hint ?? "restore the file from a copy";
  const corrupt = (problem: string, { hint = redo, cause }: { hint?: string; cause?: unknown } = {}) =>
    new HaloError("HALO_RUN_CORRUPT", `${path}:1: ${problem}`, { hint, cause });
  const expected = `expected one JSON object with schema "${format.schema}"`;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw corrupt(`${expected}, got "${text.slice(0, 80)}"`, { cause });
  }
  const found = (content as { schema?: unknown } | null)?.schema;
  if (found !== format.schema) {
    const { got, hint = redo } = otherSchema(found, format.schema);
    throw corrupt(`${expected}, got ${got}`, { hint });
  }
  const { schema, sum: _, ...body } = content as Record<string, unknown>;
  const changed = "expected what was written, got something changed";
  const made = (read: (content: unknown) => unknown): unknown => {
    try {
      return read(body);
    } catch (cause) {
      throw corrupt(changed, { cause });
    }
  };
  const record = checked(o.read ? made(o.read) : { schema, ...body }, format, (problem) => corrupt(problem));
  if (isAsWritten(text, content as object)) return record;
  throw corrupt(changed);
}

/** True when the sum is that of the rest; `content` is what the text holds. A file of an older halo has none. */
export function isAsWritten(text: string, content: object): boolean {
  const { schema, sum, ...body } = content as Readonly<Record<string, unknown>>;
  return sum === undefined || sum === sumOf(text, schema) || sum === sha256(JSON.stringify(body));
}

/** The sum of the text itself, where it stands as `jsonText` makes it: nothing has to be made text again. */
function sumOf(text: string, schema: unknown): string | undefined {
  const head = `{"schema":${JSON.stringify(schema)},"sum":"`;
  const body = head.length + 64 + '",'.length;
  if (!text.startsWith(head) || text.slice(body - 2, body) !== '",' || !text.endsWith("}\n")) return undefined;
  return sha256(`{${text.slice(body, -1)}`);
}

export interface ReadOptions {
  /** Makes the record of what the file holds besides its schema. */
  readonly read?: (content: unknown) => unknown;
  /** What to do when the file is damaged. */
  readonly hint?: string;
}
