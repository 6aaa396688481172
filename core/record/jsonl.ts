import { Buffer } from "node:buffer";
import { appendFileSync, readFileSync, truncateSync } from "node:fs";
import { copyFile, open } from "node:fs/promises";
import { HaloError } from "../util/errors.ts";
import { appendLine, writeWhole } from "./durable.ts";
import { sha256 } from "../util/sha256.ts";
import { readIfThere } from "./read-if-there.ts";
import { checked, type FileFormat, otherSchema } from "./file-format.ts";

/** What a JSON Lines file holds. */
export interface JsonlContent<T> {
  readonly records: readonly T[];
  /** Bytes of an unfinished last line, left out of `records`; 0 when the file is whole. */
  readonly tornBytes: number;
}

/** Reads a JSON Lines file that `Journal` wrote. A missing file is empty; an unfinished last line is dropped and reported. */
export async function readJsonl<T>(path: string, format: FileFormat<T>): Promise<JsonlContent<T>> {
  const bytes = await readOrNothing(path);
  const whole = wholeBytes(bytes);
  const [header, ...lines] = bytes.toString("utf8", 0, whole).split("\n").slice(0, -1);
  if (header !== undefined) checkHeader(header, { path, schema: format.schema });
  const records = lines.map((text, i) => {
    const line = i + 2;
    const { body, isAsWritten } = summed(text);
    const fail = (problem: string) => corrupt(`${path}:${line}: ${problem}`);
    const record = checked(parseLine(body, { path, line }), format, fail);
    if (isAsWritten) return record;
    throw fail("expected the line that was written, got a changed one");
  });
  return { records, tornBytes: bytes.length - whole };
}

function checkHeader(text: string, { path, schema }: { readonly path: string; readonly schema: string }): void {
  const found = (parseLine(text, { path, line: 1 }) as { schema?: unknown } | null)?.schema;
  if (found === schema) return;
  const { got, hint = "the file was written by hand, or by another program" } = otherSchema(found, schema);
  throw new HaloError("HALO_RUN_CORRUPT", `${path}:1: expected {"schema":"${schema}"}, got ${got}`, { hint });
}

const corrupt = (message: string, cause?: unknown) =>
  new HaloError("HALO_RUN_CORRUPT", message, { hint: "remove that line to read the rest", cause });

function parseLine(text: string, { path, line }: { readonly path: string; readonly line: number }): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw corrupt(`${path}:${line}: expected one JSON value on the line, got "${text.slice(0, 80)}"`, cause);
  }
}

const readOrNothing = async (path: string): Promise<Buffer> => await readIfThere(path) ?? Buffer.alloc(0);

/** An append-only JSON Lines file. Its first line names the schema; lines keep the order of the calls. */
export class Journal {
  readonly path: string;
  readonly #schema: string;
  readonly #sync: boolean;
  #last: Promise<void>;
  #isOpen = false;

  constructor(path: string, { schema, sync = false }: { readonly schema: string; readonly sync?: boolean }) {
    this.path = path;
    this.#schema = schema;
    this.#sync = sync;
    this.#last = Promise.resolve();
  }

  /** Puts the file aside under another name and writes these records in its place. */
  async replace(records: readonly unknown[], { asideAs }: { readonly asideAs: string }): Promise<void> {
    if ((await readOrNothing(this.path)).length === 0) return;
    await copyFile(this.path, asideAs);
    const lines = [JSON.stringify({ schema: this.#schema }), ...records.map(journalLine)];
    await writeWhole(this.path, lines.join("\n") + "\n");
  }

  /** Resolves when the record is written. */
  append(record: unknown): Promise<void> {
    const written = this.#last.then(() => this.#write(journalLine(record)));
    // The caller learns of a failure; the lines after it are tried all the same.
    this.#last = written.catch(() => {});
    return written;
  }

  async #write(line: string): Promise<void> {
    if (!this.#isOpen) {
      const isEmpty = await cutTornTail(this.path) === 0;
      if (isEmpty) await appendLine(this.path, JSON.stringify({ schema: this.#schema }), { sync: this.#sync });
      this.#isOpen = true;
    }
    try {
      await appendLine(this.path, line, { sync: this.#sync });
    } catch (e) {
      // Part of the line may be there: it is cut off before the next one.
      this.#isOpen = false;
      throw e;
    }
  }
}

/**
 * Appends a record to a journal that has begun, in a process that can wait for nothing any more. A line that was being
 * written is cut off, so that this one stands alone.
 */
export function appendAtOnce(path: string, record: unknown): void {
  truncateSync(path, wholeBytes(readFileSync(path)));
  appendFileSync(path, `${journalLine(record)}\n`);
}

/** A record as a line of a journal; its last property is the sum of what stands before it. */
export function journalLine(record: unknown): string {
  const text = JSON.stringify(record);
  return text.endsWith("}") && text !== "{}" ? `${text.slice(0, -1)},"sum":"${sumOf(text)}"}` : text;
}

const sumOf = (text: string): string => sha256(text).slice(0, 16);

/** The line without its sum, and whether it is what was written; a line without a sum is. */
function summed(line: string): { readonly body: string; readonly isAsWritten: boolean } {
  const [, text, sum] = line.match(/^(.*),"sum":"([0-9a-f]{16})"\}$/s) ?? [];
  if (text === undefined) return { body: line, isAsWritten: true };
  return { body: `${text}}`, isAsWritten: sumOf(`${text}}`) === sum };
}

/** Bytes up to the end of the last line that is finished. */
const wholeBytes = (bytes: Uint8Array): number => bytes.lastIndexOf(0x0a) + 1;

/** Removes an unfinished last line, so that the next one does not continue it; returns the file's length afterwards. */
async function cutTornTail(path: string): Promise<number> {
  const bytes = await readOrNothing(path);
  const whole = wholeBytes(bytes);
  if (whole < bytes.length) {
    const file = await open(path, "r+");
    try {
      await file.truncate(whole);
      await file.sync();
    } finally {
      await file.close();
    }
  }
  return whole;
}
