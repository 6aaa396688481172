import type { Curriculum, WaveRequest } from "../../domain/curriculum.ts";
import type { Task } from "../../domain/task.ts";
import { HaloError } from "../../util/errors.ts";

/** The tasks of the split by their index, one after another: the order of a pipeline without a curriculum. */
export const inOrder: Curriculum = {
  next: ({ n, drawn, split, seed, tasks }) =>
    Array.from({ length: n }, (_, i) => tasks.draw({ split, index: drawn + i, seed })),
};

/** The next wave of training tasks. Throws HALO_CURRICULUM_FAILED for anything but `n` tasks of the split. */
export function drawWave(curriculum: Curriculum | undefined, o: WaveRequest): readonly Task[] {
  if (!curriculum) return inOrder.next(o);
  let tasks;
  try {
    tasks = curriculum.next(o);
  } catch (cause) {
    throw failed(`threw ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
  if (!Array.isArray(tasks) || tasks.length !== o.n) {
    throw failed(`returned ${Array.isArray(tasks) ? `${tasks.length} tasks` : typeof tasks}, expected ${o.n} tasks`);
  }
  const stray = tasks.find((task: Task | undefined) => task?.split !== o.split);
  if (stray) throw failed(`drew ${stray.key} of the split "${stray.split}", expected tasks of "${o.split}"`);
  return tasks;
}

const failed = (what: string, cause?: unknown) =>
  new HaloError("HALO_CURRICULUM_FAILED", `the curriculum ${what}`, {
    cause,
    hint: "mend the plugin, then continue: halo run --resume latest; docs/plugins.md has what a curriculum promises",
  });
