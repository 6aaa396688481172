import { join } from "node:path";
import type { AnswerStore } from "../domain/answer-store.ts";
import type { Json } from "../domain/json.ts";
import { answersFormat, type KeptAnswer } from "../record/answers.ts";
import { Journal, readJsonl } from "../record/jsonl.ts";

/** A run's answers. What is kept before `keepIn` stays in memory; afterwards the run folder has them over all attempts. */
export class RunAnswers implements AnswerStore {
  readonly #all: KeptAnswer[] = [];
  #journal: Journal | undefined;

  /** Reads what earlier attempts kept and keeps what follows in answers.jsonl of this folder. */
  async keepIn(runPath: string): Promise<void> {
    const path = join(runPath, "answers.jsonl");
    const { records } = await readJsonl(path, answersFormat);
    for (const one of records) this.#all.push(one);
    this.#journal = new Journal(path, { schema: answersFormat.schema });
  }

  async put(key: string, value: Json): Promise<void> {
    this.#all.push({ key, value });
    await this.#journal?.append({ key, value });
  }

  list(prefix: string): readonly Json[] {
    return this.#all.filter(({ key }) => key.startsWith(prefix)).map(({ value }) => value);
  }
}
