import { Buffer } from "node:buffer";
import { appendFileSync, readFileSync, truncateSync } from "node:fs";
import { copyFile, open } from "node:fs/promises";
import { HaloError } from "../util/errors.ts";
import { appendLine, writeWhole } from "./durable.ts";
import { sha256 } from "../util/sha256.ts";
import { readIfThere } from "./read-if-there.ts";
import { type FileFormat, otherSchema, type SumState, verified } from "./file-format.ts";

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
  const records = recordsIn(bytes.subarray(0, whole), { path, format });
  return { records, tornBytes: bytes.length - whole };
}

/** True when the file ends in a line that was not written to its end: readers leave it out, writers cut it off. */
export async function isTorn(path: string): Promise<boolean> {
  const file = await open(path, "r").catch((e: NodeJS.ErrnoException) => {
    if (e.code === "ENOENT") return undefined;
    throw e;
  });
  if (!file) return false;
  try {
    const { size } = await file.stat();
    if (size === 0) return false;
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return wholeBytes(buffer) === 0;
  } finally {
    await file.close();
  }
}

/** The records of whole lines of such a file; `after` lines, the header among them, stand before them. */
export function recordsIn<T>(
  bytes: Buffer,
  { path, format, after = 0 }: { readonly path: string; readonly format: FileFormat<T>; readonly after?: number },
): readonly T[] {
  const lines = bytes.toString("utf8").split("\n").slice(0, -1);
  const header = after === 0 ? lines.shift() : undefined;
  if (header !== undefined) checkHeader(header, { path, schema: format.schema });
  return lines.map((text, i) => recordOf(text, { path, line: i + Math.max(after, 1) + 1, format }));
}

/** Text of a JSON Lines file that is written as a whole: its first line says how many follow. */
export function wholeJsonl(schema: string, records: readonly unknown[]): string {
  return [JSON.stringify({ schema, lines: records.length }), ...records.map(journalLine)].join("\n") + "\n";
}

/** Reads what `wholeJsonl` made; a missing file is empty. Throws HALO_RUN_CORRUPT for a file that lacks lines too. */
export async function readWholeJsonl<T>(path: string, format: FileFormat<T>): Promise<readonly T[]> {
  const bytes = await readIfThere(path);
  if (!bytes) return [];
  const [header = "", ...lines] = bytes.toString("utf8").split("\n");
  const fail = (problem: string) => new HaloError("HALO_RUN_CORRUPT", `${path}:${problem}`, { hint: forLooking });
  const { lines: count } = checkHeader(header, { path, schema: format.schema, hint: forLooking });
  const torn = lines.pop();
  // A file of an older halo does not say how many lines it has.
  if (torn !== "" || (count !== undefined && count !== lines.length)) {
    throw fail(`${lines.length + 2}: expected ${count ?? "whole"} lines after the first, got ${lines.length}`);
  }
  return lines.map((text, i) => recordOf(text, { path, line: i + 2, format, hint: forLooking }));
}

const forLooking = "restore it from a copy, or delete the file: it is for looking at only";

interface LineOf<T> {
  readonly path: string;
  readonly line: number;
  readonly format: FileFormat<T>;
  readonly hint?: string;
}

function recordOf<T>(text: string, { path, line, format, hint }: LineOf<T>): T {
  const { body, sum } = summed(text);
  const fail = (problem: string) => corrupt(`${path}:${line}: ${problem}`, { hint });
  const changed = "expected the line that was written, got a changed one";
  return verified(parseLine(body, { path, line, hint }), { sum, format, fail, changed });
}

interface Header {
  readonly schema?: unknown;
  readonly lines?: unknown;
}

function checkHeader(
  text: string,
  { path, schema, hint }: { readonly path: string; readonly schema: string; readonly hint?: string },
): Header {
  const wanted = `{"schema":"${schema}"}`;
  const redo = hint ?? `write ${wanted} as its first line, unless another program wrote the file`;
  const header = parseLine(text, { path, line: 1, hint: redo }) as Header | null;
  if (header?.schema === schema) return header;
  const other = otherSchema(header?.schema, schema);
  throw corrupt(`${path}:1: expected ${wanted}, got ${other.got}`, { hint: other.hint ?? redo });
}

const corrupt = (message: string, o: { readonly hint?: string | undefined; readonly cause?: unknown }) =>
  new HaloError("HALO_RUN_CORRUPT", message, {
    cause: o.cause,
    hint: o.hint ?? "copy the file, then remove that line: what it says is lost, the rest can be read",
  });

function parseLine(
  text: string,
  { path, line, hint }: { readonly path: string; readonly line: number; readonly hint?: string | undefined },
): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw corrupt(`${path}:${line}: expected one JSON value on the line, got "${text.slice(0, 80)}"`, { hint, cause });
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

  /** Puts the file aside under another name and keeps, as they were written, the lines that can be read and that `keeps` wants. */
  async keepOnly<T>(
    format: FileFormat<T>,
    keeps: (record: T) => boolean,
    { asideAs }: { readonly asideAs: string },
  ): Promise<void> {
    const bytes = await readOrNothing(this.path);
    if (bytes.length === 0) return;
    await copyFile(this.path, asideAs);
    const [, ...lines] = bytes.toString("utf8", 0, wholeBytes(bytes)).split("\n").slice(0, -1);
    const kept = lines.filter((text, i) => {
      try {
        return keeps(recordOf(text, { path: this.path, line: i + 2, format }));
      } catch {
        return false;
      }
    });
    await writeWhole(this.path, [JSON.stringify({ schema: this.#schema }), ...kept].join("\n") + "\n");
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

/** The line without its sum, and whether that is right. */
function summed(line: string): { readonly body: string; readonly sum: SumState } {
  const at = line.length - sumLength;
  const sum = at > 0 ? /^,"sum":"([0-9a-f]{16})"\}$/.exec(line.slice(at))?.[1] : undefined;
  if (sum === undefined) return { body: line, sum: "none" };
  const body = `${line.slice(0, at)}}`;
  return { body, sum: sumOf(body) === sum ? "right" : "wrong" };
}

const sumLength = ',"sum":"0123456789abcdef"}'.length;

/** Bytes up to the end of the last line that is finished. */
export const wholeBytes = (bytes: Uint8Array): number => bytes.lastIndexOf(0x0a) + 1;

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
