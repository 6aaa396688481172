import type { Json } from "./json.ts";

/** Answers that cost something, by what was asked: a run keeps them, so that none is paid for twice. */
export interface AnswerStore {
  /** Resolves when the run keeps it. */
  put(key: string, value: Json): Promise<void>;
  /** All that were kept under keys that begin so, oldest first, earlier ones of one key included. */
  list(prefix: string): readonly Json[];
}
