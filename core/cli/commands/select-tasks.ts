import type { Task, TaskSource } from "../../domain/task.ts";
import { HaloError } from "../../util/errors.ts";
import { didYouMean } from "../../util/nearest.ts";
import type { Flags } from "../command.ts";
import type { tasksFlags } from "../flags.ts";

/** The tasks that the flags ask for. Throws HALO_TASK_SPLIT_UNKNOWN for a split that the source does not have. */
export async function selectTasks(
  source: TaskSource,
  { split, match }: Pick<Flags<typeof tasksFlags>, "split" | "match">,
): Promise<readonly Task[]> {
  if (split !== undefined && !source.splits.includes(split)) {
    const message = `there is no split "${split}"${didYouMean(split, source.splits)}`;
    throw new HaloError("HALO_TASK_SPLIT_UNKNOWN", message, { hint: `its splits: ${source.splits.join(", ")}` });
  }
  return await source.list({ ...(split !== undefined && { split }), ...(match !== undefined && { match }) });
}
