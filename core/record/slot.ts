import type { Group } from "../domain/group.ts";
import type { Task } from "../domain/task.ts";
import { groupShape, taskShape } from "./domain-shapes.ts";
import { fileFormat } from "./file-format.ts";
import { count, list, object, text } from "./shape.ts";

/** One finished task slot of a training iteration: what was explored, whole. */
export interface Slot {
  /** "i3.s1": the second slot of iteration 3. */
  readonly id: string;
  readonly task: Task;
  readonly policyVersion: number;
  readonly groups: readonly Group[];
  readonly envSteps: number;
}

/** A slot as its file holds it. */
export type SlotRecord = Omit<Slot, "id"> & { readonly slot: string };

export const slotFormat = fileFormat<SlotRecord>(
  "halo.slot/1",
  object<SlotRecord>({
    slot: text,
    task: taskShape,
    policyVersion: count,
    groups: list(groupShape),
    envSteps: count,
  }),
);

export const toSlotRecord = ({ id, ...rest }: Slot): SlotRecord => ({ slot: id, ...rest });

export const fromSlotRecord = ({ slot, ...rest }: SlotRecord): Slot => ({ id: slot, ...rest });
