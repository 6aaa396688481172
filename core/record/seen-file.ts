import type { Buffer } from "node:buffer";
import { rename, rm, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import { HaloError } from "../util/errors.ts";
import { temporaryOf } from "./durable.ts";
import { otherSchema, verified } from "./file-format.ts";
import { jsonText, sumState } from "./json-file.ts";
import { readIfThere } from "./read-if-there.ts";
import { fromSeenRecord, type Seen, seenFormat, toSeenRecord } from "./seen.ts";

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** Fast, and with a window that a whole file fits in: the pages of one episode resemble each other. */
const settings = { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 22 } };
/** A file that unpacks to more than this was not written by halo. */
const mostBytes = 1 << 30;

/** The file of pages of some points, ready to be written. */
export async function seenBytes(seen: Seen): Promise<Uint8Array> {
  return await compress(jsonText(seenFormat.schema, toSeenRecord(seen)), settings);
}

/** Writes a file of pages as a whole. Nothing is learned from it, so it is not flushed: power that fails may lose it. */
export async function writeSeen(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryOf(path);
  try {
    await writeFile(temporary, bytes, { flag: "wx" });
    await rename(temporary, path);
  } catch (e) {
    await rm(temporary, { force: true });
    throw e;
  }
}

/** Reads a file of pages; undefined where there is none. Throws HALO_RUN_CORRUPT naming the file. */
export async function readSeen(path: string): Promise<Seen | undefined> {
  const bytes = await readIfThere(path);
  if (!bytes) return undefined;
  const corrupt = (problem: string, cause?: unknown) =>
    new HaloError("HALO_RUN_CORRUPT", `${path}: ${problem}`, {
      hint: "delete the file: pages are for looking at only",
      cause,
    });
  let unpacked: Buffer;
  let content: unknown;
  try {
    unpacked = await decompress(bytes, { maxOutputLength: mostBytes });
    content = JSON.parse(unpacked.toString("utf8"));
  } catch (cause) {
    throw corrupt("expected a packed file of pages, got other bytes", cause);
  }
  const schema = (content as { readonly schema?: unknown } | null)?.schema;
  if (schema !== seenFormat.schema) {
    throw corrupt(`expected schema "${seenFormat.schema}", got ${otherSchema(schema, seenFormat.schema).got}`);
  }
  const sum = sumState(unpacked, content as object);
  const changed = "expected the pages that were written, got changed ones";
  return fromSeenRecord(verified(content, { sum, format: seenFormat, fail: corrupt, changed }));
}
