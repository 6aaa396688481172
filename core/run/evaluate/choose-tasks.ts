import type { TaskChoice } from "../../config/pipeline.ts";
import type { Task, TaskSource } from "../../domain/task.ts";
import { HaloError } from "../../util/errors.ts";

/**
 * The tasks of an evaluation: the first of its draw, or the first of the list that match its glob. Never more than the
 * source has, since a task that is played twice is no second task.
 */
export async function chooseTasks(
  tasks: TaskSource,
  stage: TaskChoice & { readonly sample_size: number },
): Promise<readonly Task[]> {
  if (stage.tasks === undefined) {
    return Array.from(
      { length: Math.min(stage.sample_size, tasks.size?.(stage.split) ?? stage.sample_size) },
      (_, index) => tasks.draw({ split: stage.split, index, seed: stage.task_seed }),
    );
  }
  const matching = await tasks.list({ split: stage.split, match: stage.tasks });
  if (matching.length === 0) {
    throw new HaloError("HALO_TASKS_EMPTY", `no task of split "${stage.split}" matches "${stage.tasks}"`, {
      hint: "halo tasks",
    });
  }
  return matching.slice(0, stage.sample_size);
}
