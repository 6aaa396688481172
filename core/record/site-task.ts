import type { Json } from "../domain/json.ts";
import type { Task } from "../domain/task.ts";
import { taskShape } from "./domain-shapes.ts";
import { fileFormat } from "./file-format.ts";
import { anything, object, text } from "./shape.ts";

/** One task and the replica site that it is done on, for `halo site --task-file`. */
export interface SiteTask {
  readonly schema: string;
  /** Name of the built-in site, and its options. */
  readonly site: string;
  readonly options: Json;
  readonly task: Task;
}

export const siteTaskFormat = fileFormat<SiteTask>(
  "halo.site-task/1",
  object<SiteTask>({ schema: text, site: text, options: anything, task: taskShape }),
);
