import { Buffer } from "node:buffer";
import { type FileHandle, open } from "node:fs/promises";
import type { FileFormat } from "./file-format.ts";
import { type FileSign, fileSign, isUntouched } from "./file-sign.ts";
import { recordsIn, wholeBytes } from "./jsonl.ts";

/** What is known of a journal: its whole lines up to `bytes`. */
interface Known<T> {
  readonly sign: FileSign | undefined;
  readonly bytes: number;
  /** Lines that were read, the header among them. */
  readonly lines: number;
  /** Bytes of the last of them: where others stand there, the file is not the one that was read. */
  readonly last: Buffer;
  readonly records: readonly T[];
}

/**
 * A JSON Lines file that somebody else appends to. Each look reads what was added since the one before; a file that was
 * replaced, cut or changed is read anew. A line that cannot be read fails every look, as `readJsonl` does.
 */
export class FollowedJournal<T> {
  readonly #path: string;
  readonly #format: FileFormat<T>;
  #known: Known<T> = nothing();
  #looking: Promise<unknown> = Promise.resolve();

  constructor(path: string, format: FileFormat<T>) {
    this.#path = path;
    this.#format = format;
  }

  /** Bytes of the lines that are known, on disk. */
  get bytes(): number {
    return this.#known.bytes;
  }

  /** Makes the next look read all of it. */
  forget(): void {
    this.#known = nothing();
  }

  /** Its records now; the same list as before where nothing was added. */
  async records(): Promise<readonly T[]> {
    // One look after the other: who asks sees what was written before.
    const looked = this.#looking.then(() => this.#look());
    this.#looking = looked.catch(() => {});
    return await looked;
  }

  async #look(): Promise<readonly T[]> {
    const sign = await fileSign(this.#path);
    if (!isUntouched(sign, this.#known.sign)) this.#known = sign ? await this.#read(sign) : nothing();
    return this.#known.records;
  }

  async #read(sign: FileSign): Promise<Known<T>> {
    const file = await open(this.#path, "r");
    try {
      const before = await this.#isGrown(file, sign) ? this.#known : nothing<T>();
      const added = await bytesFrom(file, before.bytes, sign.size);
      const whole = added.subarray(0, wholeBytes(added));
      if (whole.length === 0) return { ...before, sign };
      const records = recordsIn(whole, { path: this.#path, format: this.#format, after: before.lines });
      return {
        sign,
        bytes: before.bytes + whole.length,
        lines: Math.max(before.lines, 1) + records.length,
        last: Buffer.from(whole.subarray(wholeBytes(whole.subarray(0, -1)))),
        records: [...before.records, ...records],
      };
    } finally {
      await file.close();
    }
  }

  /** True where the file begins with the lines that are known. */
  async #isGrown(file: FileHandle, sign: FileSign): Promise<boolean> {
    const { sign: then, bytes, last } = this.#known;
    if (then?.file !== sign.file || sign.size < bytes || (sign.size === then.size && bytes === then.size)) return false;
    return last.equals(await bytesFrom(file, bytes - last.length, bytes));
  }
}

const nothing = <T>(): Known<T> => ({ sign: undefined, bytes: 0, lines: 0, last: Buffer.alloc(0), records: [] });

async function bytesFrom(file: FileHandle, start: number, end: number): Promise<Buffer> {
  const buffer = Buffer.alloc(end - start);
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
