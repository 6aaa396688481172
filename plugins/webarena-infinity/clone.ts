import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { HaloError } from "halo-agent";
import { cacheFolder, sha256Folder } from "halo-agent/kit";

/** The one commit whose apps are taken over, and the sha256 of what is taken. */
export const clone = {
  repository: "https://github.com/web-arena-x/webarena-infinity",
  commit: "1ca77813bf8d8e4011aa3fb1f740f70d78bd522d",
  sha256: "9d9e838ea0e93adcd760542c312f88f1c10422bf8155ddc3112211a22ed46e6a",
} as const;

/** Command that takes a clone over. */
export const fetchCommand = "halo tasks fetch webarena-infinity --from CLONE";

/** Folder of the apps that were taken over, unless another one is named. */
export const defaultFolder = (): string => cacheFolder(`webarena-infinity-${clone.commit.slice(0, 7)}`);

/** Throws HALO_INFINITY_FETCH unless the folder holds the apps of that commit, byte for byte. */
export async function verifyApps(folder: string): Promise<void> {
  if (await sha256Folder(folder) === clone.sha256) return;
  throw new HaloError("HALO_INFINITY_FETCH", `${folder} holds other apps than commit ${clone.commit.slice(0, 7)}`, {
    hint: `check that commit out, remove the folder if it is halo's own, and run: ${fetchCommand}`,
  });
}

/** The folder of the apps: the one that is named, as it is, else halo's own, verified. Throws HALO_INFINITY_MISSING. */
export async function appsFolder(path?: string): Promise<string> {
  const folder = path ?? defaultFolder();
  const isThere = await stat(join(folder, "apps")).then((s) => s.isDirectory(), () => false);
  if (!isThere) {
    throw new HaloError("HALO_INFINITY_MISSING", `there are no WebArena-Infinity apps in ${folder}`, {
      hint: `git clone ${clone.repository}, then: ${fetchCommand}`,
    });
  }
  if (path === undefined) await verifyApps(folder);
  return folder;
}

/** Names of the apps in a folder, sorted: those with a page and tasks. */
export async function appNames(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, "apps"));
  const found = await Promise.all(names.map(async (name) => {
    const files: readonly string[] = await readdir(join(folder, "apps", name)).catch(() => []);
    return ["index.html", "real-tasks.json", "function-tasks.json"].every((file) => files.includes(file));
  }));
  return names.filter((_, i) => found[i]).sort();
}

/** Which list of an app a task is from: those of the published table, or the short ones of one function each. */
export type TaskSet = "real" | "functional";

/** A task as an app's list has it. */
export interface InfinityTask {
  /** "gmail/e1": the app, then the id of a real task (e, m, h for easy, medium, hard) or of a functional one (f). */
  readonly id: string;
  readonly app: string;
  readonly set: TaskSet;
  readonly difficulty: "easy" | "medium" | "hard" | "function";
  readonly goal: string;
  /** Id in the app's own list: "task_e1". */
  readonly own: string;
  /** Path of its verifier. */
  readonly verifier: string;
}

const listFiles = { real: "real-tasks.json", functional: "function-tasks.json" } as const;

/** The tasks of one app, in the order of its lists. Throws HALO_INFINITY_FETCH for a list of another form. */
export async function readTasks(folder: string, app: string): Promise<readonly InfinityTask[]> {
  const lists = (Object.keys(listFiles) as TaskSet[]).map(async (set) => {
    const file = join(folder, "apps", app, listFiles[set]);
    const entries: unknown = JSON.parse(await readFile(file, "utf8"));
    if (!Array.isArray(entries)) throw otherForm(file);
    return entries.map((entry: Readonly<Record<string, unknown>>): InfinityTask => {
      const { id, instruction, verify, difficulty = "function" } = entry;
      if (typeof id !== "string" || typeof instruction !== "string" || typeof verify !== "string") {
        throw otherForm(file);
      }
      const short = id.replace(/^task_/, set === "functional" ? "f" : "");
      return {
        id: `${app}/${short}`,
        app,
        set,
        difficulty: difficulty as InfinityTask["difficulty"],
        goal: instruction,
        own: id,
        verifier: join(folder, "apps", app, verify),
      };
    });
  });
  return (await Promise.all(lists)).flat();
}

const otherForm = (file: string): HaloError =>
  new HaloError("HALO_INFINITY_FETCH", `${file} is no list of tasks with id, instruction and verify`);
