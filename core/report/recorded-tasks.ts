import type { Task } from "../domain/task.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { pagesOf } from "./episode-page.ts";

/** The tasks that a run played, by key; `skipped` counts those of which it kept neither a page nor a group. */
export async function recordedTasks(
  run: RunFolder,
): Promise<{ readonly tasks: readonly Task[]; readonly skipped: number }> {
  const tasks = new Map<string, Task>();
  for (const n of await run.iterations()) {
    for (const { task } of await run.iteration(n).readSlots()) tasks.set(task.key, task);
  }
  const lost = new Set<string>();
  for (const episode of await run.episodes()) {
    if (tasks.has(episode.taskKey)) continue;
    const task = (await run.readPages(pagesOf(episode)))?.task;
    if (task) tasks.set(task.key, task);
    else lost.add(episode.taskKey);
  }
  return {
    tasks: [...tasks.values()].sort((a, b) => a.key < b.key ? -1 : 1),
    skipped: [...lost].filter((key) => !tasks.has(key)).length,
  };
}
