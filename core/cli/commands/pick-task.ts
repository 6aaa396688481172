import type { Task, TaskSource } from "../../domain/task.ts";
import { HaloError } from "../../util/errors.ts";
import { globTest } from "../../util/glob.ts";
import { didYouMean } from "../../util/nearest.ts";

/** Tasks that are looked through for a match. */
const looked = 256;

/** The first task of a draw whose key matches the glob, `*` stands for anything. */
export function pickTask(
  source: TaskSource,
  { split = "eval", match = "*", seed }: {
    readonly split?: string | undefined;
    readonly match?: string | undefined;
    readonly seed: number;
  },
): Task {
  if (!source.splits.includes(split)) {
    throw new HaloError(
      "HALO_TASK_SPLIT_UNKNOWN",
      `there is no split "${split}"${didYouMean(split, source.splits)}`,
      { hint: `its splits: ${source.splits.join(", ")}` },
    );
  }
  const matches = globTest(match);
  const templates = new Set<string>();
  for (let index = 0; index < looked; index++) {
    const task = source.draw({ split, index, seed });
    if (matches(task.key)) return task;
    templates.add(task.template);
  }
  throw new HaloError("HALO_TASKS_EMPTY", `none of the first ${looked} tasks of "${split}" has a key like "${match}"`, {
    hint: `write for example '*${[...templates].sort()[0]}*'; its templates: ${[...templates].sort().join(", ")}`,
  });
}
