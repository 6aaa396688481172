import type { Example } from "../../domain/batch.ts";
import type { TrainedTask } from "../../domain/curriculum.ts";
import type { Group } from "../../domain/group.ts";
import type { Slot } from "../../record/slot.ts";

/** What an iteration explored, in slot order. */
export interface Explored {
  readonly slots: readonly Slot[];
  /** What each group teaches; nothing for a dead one. */
  readonly examples: ReadonlyMap<Group, readonly Example[]>;
  readonly waves: number;
  /** What came of its tasks, as a curriculum is told. */
  readonly trained: readonly TrainedTask[];
}
