import { readFile } from "node:fs/promises";
import { HaloError } from "../util/errors.ts";
import { writeWhole } from "./durable.ts";
import { checked, type FileFormat, otherSchema } from "./file-format.ts";

/** Writes one JSON object as a whole file; `schema` is its first property. */
export async function writeJson(path: string, schema: string, value: object): Promise<void> {
  await writeWhole(path, JSON.stringify({ schema, ...value }) + "\n");
}

/** Reads what `writeJson` wrote; undefined when there is no such file. Throws HALO_RUN_CORRUPT naming the file. */
export async function readJson<T>(
  path: string,
  format: FileFormat<T>,
  /** Makes the record of what the file holds besides its schema. */
  read: (content: unknown) => unknown = (content) => content,
): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (e) {
    const { code } = e as { code?: string };
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw e;
  }
  const redo = "restore the file from a copy, or delete the folder it stands in to redo that part";
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
  return checked(read(content), format, (problem) => corrupt(problem));
}
