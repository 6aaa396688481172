import type { TaskSource } from "../domain/task.ts";

/** Where a pipeline says something of a task: "tasks.options.tasks.2.success"; "tasks" where its source does not tell. */
export function taskPath(source: Pick<TaskSource, "optionOf">, key: string, option: string | undefined): string {
  const at = source.optionOf?.(key);
  if (at === undefined) return "tasks";
  return ["tasks.options", at, ...option === undefined ? [] : [option]].join(".");
}
