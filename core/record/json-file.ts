import { readFile } from "node:fs/promises";
import { HaloError } from "../util/errors.ts";
import { writeWhole } from "./durable.ts";

/** Writes one JSON object as a whole file; `schema` is its first property. */
export async function writeJson(path: string, schema: string, value: object): Promise<void> {
  await writeWhole(path, JSON.stringify({ schema, ...value }) + "\n");
}

/** Reads what `writeJson` wrote; undefined when there is no such file. Throws HALO_RUN_CORRUPT naming the file. */
export async function readJson<T>(path: string, schema: string): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (e) {
    const { code } = e as { code?: string };
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw e;
  }
  const corrupt = (got: string, cause?: unknown) =>
    new HaloError("HALO_RUN_CORRUPT", `${path}: expected one JSON object with schema "${schema}", got ${got}`, {
      hint: "restore the file from a copy, or delete the folder it stands in to redo that part",
      cause,
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw corrupt(`"${text.slice(0, 80)}"`, cause);
  }
  const found = (value as { schema?: unknown } | null)?.schema;
  if (found !== schema) throw corrupt(`schema ${JSON.stringify(found)}`);
  return value as T;
}
