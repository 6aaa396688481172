import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { HaloError } from "../util/errors.ts";
import { writeWhole } from "./durable.ts";
import { sha256 } from "../util/sha256.ts";
import { readIfThere } from "./read-if-there.ts";
import { type FileFormat, otherSchema, type SumState, verified } from "./file-format.ts";

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
  const bytes = await readIfThere(path);
  if (bytes === undefined) return undefined;
  const text = bytes.toString("utf8");
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
  const sum = sumState(bytes, content as object);
  const { schema, sum: _, ...body } = content as Record<string, unknown>;
  const changed = "expected what was written, got something changed";
  const made = (read: (content: unknown) => unknown): unknown => {
    try {
      return read(body);
    } catch (cause) {
      throw corrupt(changed, { cause });
    }
  };
  const record = o.read ? made(o.read) : { schema, ...body };
  return verified(record, { sum, format, fail: corrupt, changed });
}

/** The sum of what the bytes of such a file hold, `content`, beside the one that it names. */
export function sumState(bytes: Buffer, content: object): SumState {
  const { schema, sum, ...body } = content as Readonly<Record<string, unknown>>;
  if (sum === undefined) return "none";
  return isAsWritten(bytes, schema) || sum === sha256(JSON.stringify(body)) ? "right" : "wrong";
}

/** True for what `jsonText` made, byte for byte: the sum that it names is that of the bytes after it. */
export function isAsWritten(bytes: Buffer, schema: unknown): boolean {
  const head = `{"schema":${JSON.stringify(schema)},"sum":"`;
  const named = Buffer.byteLength(head);
  const body = named + 64 + '",'.length;
  if (!bytes.subarray(0, named).equals(Buffer.from(head)) || bytes.toString("latin1", bytes.length - 2) !== "}\n") {
    return false;
  }
  const sum = createHash("sha256").update("{").update(bytes.subarray(body, -1)).digest("hex");
  return bytes.toString("latin1", named, body) === `${sum}",`;
}

export interface ReadOptions {
  /** Makes the record of what the file holds besides its schema. */
  readonly read?: (content: unknown) => unknown;
  /** What to do when the file is damaged. */
  readonly hint?: string;
}
