import type { Batch, Loss } from "../domain/batch.ts";
import { exampleShape } from "./domain-shapes.ts";
import { fileFormat } from "./file-format.ts";
import { count, list, number, object, type Shape } from "./shape.ts";

/** Which losses there are is the trainers' affair: `crosscheck` has asked them before a batch is sealed. */
const lossShape: Shape<Loss> = {
  schema: { type: "object", required: ["kind"], properties: { kind: { type: "string" } } },
};

/** batch.json: what one update learns from. */
export const batchFormat = fileFormat<Batch>(
  "halo.batch/1",
  object<Batch>({
    seq: count,
    policyVersion: count,
    temperature: number,
    seed: count,
    loss: lossShape,
    examples: list(exampleShape),
  }),
);
