import { fileFormat } from "./file-format.ts";
import { object, text } from "./shape.ts";

/** A line of faults.jsonl: an episode or slot that could not be played, and was set aside. */
export interface FaultRecord {
  /** Id of the episode or slot. */
  readonly id: string;
  /** Label of the evaluation, or "train". */
  readonly label: string;
  readonly taskKey: string;
  readonly template: string;
  readonly code: string;
  readonly message: string;
}

export const faultFormat = fileFormat<FaultRecord>(
  "halo.faults/1",
  object<FaultRecord>({ id: text, label: text, taskKey: text, template: text, code: text, message: text }),
);
