import type { FileFormat } from "../record/file-format.ts";
import { FollowedJournal } from "../record/followed-journal.ts";

/** Journals of many runs, followed as they grow: those asked for last stay in memory, `mostBytes` on disk together. */
export class FollowedJournals {
  readonly #mostBytes: number;
  /** In the order in which they were asked for. */
  readonly #asked = new Set<Pick<FollowedJournal<unknown>, "bytes" | "forget">>();

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Reads the records that a journal holds now, each time it is called. */
  follow<T>(path: string, format: FileFormat<T>): () => Promise<readonly T[]> {
    const journal = new FollowedJournal(path, format);
    return async () => {
      const records = await journal.records();
      this.#asked.delete(journal);
      this.#asked.add(journal);
      let bytes = [...this.#asked].reduce((sum, one) => sum + one.bytes, 0);
      for (const oldest of this.#asked) {
        if (bytes <= this.#mostBytes) break;
        bytes -= oldest.bytes;
        oldest.forget();
        this.#asked.delete(oldest);
      }
      return records;
    };
  }
}
