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
  /** Sites that tasks are taken of. */
  readonly sites: readonly string[];
  /** Folder of halo's own package. */
  readonly packageRoot: string;
}

/** A list as it applies to some sites. */
export interface ChosenList extends TaskList {
  /** True when it is of several sites: it may name tasks of others than those asked for, which are left out. */
  readonly isAcross: boolean;
}

/**
 * Reads a list: a file, the lists of that name of each site one after another, or one across sites. Throws HALO_REAL_LIST
 * with the names there are.
 */
export async function readList({ list, sites, packageRoot }: ListOptions): Promise<ChosenList> {
  if (list.endsWith(".json")) {
    const text = await readFile(list, "utf8").catch((cause: unknown) => {
      throw new HaloError("HALO_REAL_LIST", `there is no file "${list}"`, {
        hint: "name a JSON file, or a list",
        cause,
      });
    });
    return { ...parsedList(text, resolve(list)), isAcross: false };
  }
  const shipped = join(packageRoot, "configs", "tasks");
  const read = async (name: string): Promise<TaskList | undefined> => {
    const path = join(shipped, `real-${name}.json`);
    const text = await readFile(path, "utf8").catch(() => undefined);
    return text === undefined ? undefined : parsedList(text, path);
  };
  const own = (await Promise.all([...new Set(sites)].map((site) => read(`${site}-${list}`)))).filter((one) =>
    one !== undefined
  );
  if (own.length > 0) {
    return { criterion: own[0]!.criterion, tasks: own.flatMap(({ tasks }) => tasks), isAcross: false };
  }
  const across = await read(list);
  if (across !== undefined) return { ...across, isAcross: true };
  throw new HaloError("HALO_REAL_LIST", `there is no list "${list}" of tasks for ${sites.join(", ")}`, {
    hint: `lists: ${(await namesOf(shipped, sites)).join(", ") || "none"}; or name a JSON file`,
  });
}

/** Names of the lists that apply to these sites, those of a site first. */
async function namesOf(folder: string, sites: readonly string[]): Promise<readonly string[]> {
  const files = (await readdir(folder).catch(() => [])).flatMap((file) => /^real-(.+)\.json$/.exec(file)?.[1] ?? []);
  const own = files.flatMap((name) =>
    sites.flatMap((site) => name.startsWith(`${site}-`) ? name.slice(site.length + 1) : [])
  );
  return [...new Set([...own, ...files.filter((name) => !name.includes("-")).sort()])];
}

/** The text of a file as a list. Throws HALO_REAL_LIST. */
function parsedList(text: string, path: string): TaskList {
  const value = parse(text);
  if (isTaskList(value) && value.tasks.length > 0) return value;
  if (isTaskList(value)) {
    throw new HaloError("HALO_REAL_LIST", `${path} names no task`, {
      hint: "leave `list` out for every task of the site",
    });
  }
  throw new HaloError("HALO_REAL_LIST", `${path} is no list of tasks`, {
    hint: 'expected { "criterion": "…", "tasks": ["v2.gomail-1", …] }, as `halo tasks PIPELINE --save FILE` writes it',
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
