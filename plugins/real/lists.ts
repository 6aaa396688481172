import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { HaloError } from "halo-agent";

/** A named choice of tasks: `configs/tasks/real-SITE-NAME.json`, or any file of that shape. */
export interface TaskList {
  /** By what rule the tasks were chosen. */
  readonly criterion: string;
  readonly tasks: readonly string[];
}

export interface ListOptions {
  /** A name, or the path of a JSON file. */
  readonly list: string;
  readonly site: string;
  /** Folder of halo's own package. */
  readonly packageRoot: string;
}

/** Reads a list. Throws HALO_REAL_LIST with the names there are. */
export async function readList({ list, site, packageRoot }: ListOptions): Promise<TaskList> {
  const shipped = join(packageRoot, "configs", "tasks");
  const start = `real-${site}-`;
  const path = list.endsWith(".json") ? resolve(list) : join(shipped, `${start}${list}.json`);
  const text = await readFile(path, "utf8").catch(async (cause: unknown) => {
    const files = await readdir(shipped).catch(() => []);
    const names = files.filter((f) => f.startsWith(start)).map((f) => f.slice(start.length, -".json".length));
    throw new HaloError("HALO_REAL_LIST", `there is no list "${list}" of tasks for ${site}`, {
      hint: `lists: ${names.join(", ") || "none"}; or name a JSON file`,
      cause,
    });
  });
  const parsed = parse(text);
  if (isTaskList(parsed)) return parsed;
  throw new HaloError("HALO_REAL_LIST", `${path} is no list of tasks`, {
    hint: 'expected { "criterion": "…", "tasks": ["v2.gomail-1", …] }',
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTaskList(value: unknown): value is TaskList {
  const { criterion, tasks } = (value ?? {}) as Partial<Record<keyof TaskList, unknown>>;
  return typeof criterion === "string" && Array.isArray(tasks) && tasks.every((id) => typeof id === "string");
}
