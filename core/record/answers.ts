import type { Json } from "../domain/json.ts";
import { fileFormat } from "./file-format.ts";
import { anything, object, type Shape, text } from "./shape.ts";

/** A line of answers.jsonl: what was answered to a question, by the key of the one who asked. */
export interface KeptAnswer {
  readonly key: string;
  readonly value: Json;
}

export const answersFormat = fileFormat<KeptAnswer>(
  "halo.answers/1",
  object<KeptAnswer>({ key: text, value: anything as Shape<Json> }),
);
