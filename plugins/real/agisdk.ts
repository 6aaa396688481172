import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { HaloError, type Json } from "halo-agent";
import { cacheFolder, sha256Folder } from "halo-agent/kit";

/** The one release whose tasks and scripts halo runs: the wheel's sha256, and that of its folder of tasks and scripts. */
export const agisdk = {
  name: "agisdk",
  version: "0.3.5",
  sha256: "168596cf1fd3c8d8bef1336d19838eb5beb95905857450fa37bce24e1b7e0ccb",
  tasksSha256: "a4c9836896240a6336eb60bf766621c4ccb302676957f13c99dff55d90ec849d",
  earlierSha256: "f081775d9a470220a40255092e5cb20d25f9223050513e4258fcad2b1aa47375",
} as const;

/** Command that brings the tasks to this machine. */
export const fetchCommand = "halo tasks fetch real";

/** A task as the package states it, and its script. */
export interface RealTask {
  /** For example "v2.gomail-1". */
  readonly id: string;
  readonly goal: string;
  readonly site: string;
  /** As the package says it: easy, medium or hard; every task of v2 is medium. */
  readonly difficulty: string;
  /** Address of the hosted site the task was written for. */
  readonly url: string;
  /** Path of the script that grades it; empty where queries do. */
  readonly script: string;
  /** Of a task of the first version: what its report must hold. */
  readonly queries?: readonly Query[];
  /** False where no right run can pass. */
  readonly isGradeable: boolean;
  /** Why that is so, or why halo does not grade it. */
  readonly problem?: string;
}

/** A question to a report, in JMESPath, and the answer of a run that passes. */
export interface Query {
  readonly query: string;
  readonly expected: Json;
}

/** Folder the package is unpacked to unless another one is named. */
export const defaultFolder = (): string => cacheFolder(`${agisdk.name}-${agisdk.version}`);

/** Folder of the tasks and scripts of a version inside an unpacked package. */
const tasksFolder = (folder: string, version: "v1" | "v2" = "v2"): string =>
  join(folder, "agisdk", "REAL", "browsergym", "webclones", version);

/** Throws HaloError unless the folder holds the tasks and scripts of the release, byte for byte. */
export async function verifyPackage(folder: string, version: "v1" | "v2" = "v2"): Promise<void> {
  const found = await stat(tasksFolder(folder, version)).then((s) => s.isDirectory(), () => false);
  if (!found) {
    throw new HaloError(
      "HALO_REAL_MISSING",
      `the REAL tasks are not on this machine: no package ${agisdk.name} in ${folder}`,
      {
        hint:
          `${fetchCommand}, or name the folder of an unpacked ${agisdk.name} ${agisdk.version} in the option \`path\``,
      },
    );
  }
  const sha256 = await sha256Folder(tasksFolder(folder, version));
  if (sha256 === (version === "v1" ? agisdk.earlierSha256 : agisdk.tasksSha256)) return;
  const expected = `expected those of ${agisdk.name} ${agisdk.version}`;
  throw new HaloError("HALO_FETCH_CONTENT", `other tasks or scripts in ${folder}: ${expected}, sha256 is ${sha256}`, {
    hint: `remove the folder and run: ${fetchCommand}`,
  });
}

/** The v2 tasks, by site and then by number. Throws HaloError when the package is missing or altered. */
export async function readTasks(folder: string): Promise<readonly RealTask[]> {
  await verifyPackage(folder);
  const found = await taskFiles(folder, "v2");
  return await Promise.all(found.map(async ({ path, of }) => {
    const { id, goal, website, evals, difficulty } = JSON.parse(await readFile(path, "utf8"));
    const script = join(tasksFolder(folder), "eval_scripts", evals[0].script);
    const isGradeable = (await readFile(script, "utf8")).trim() !== "";
    const task = { id: `v2.${id}`, goal, site: of, difficulty, url: website.url, script, isGradeable };
    return isGradeable ? task : { ...task, problem: "its script is empty" };
  }));
}

/** Tasks of the first version whose queries ask for something else than their goal, and for what. */
const contradicting: ReadonlyMap<string, string> = new Map([
  ["gomail-8", "its query wants one changed mail, its goal all of a sender's"],
  ["gocalendar-7", "its query wants July 18, its goal July 19"],
  ["networkin-6", "its query wants one certain person, its goal anybody"],
  ["staynb-5", "its query wants days of 2025, the site is in 2024"],
]);

/** What of the first version can be graded by queries alone, by site and then by number. */
export async function readEarlierTasks(folder: string): Promise<readonly RealTask[]> {
  return (await readEarlier(folder)).filter(({ queries }) => queries !== undefined);
}

/** Every task of the first version, by site and then by number; those without queries ask a language model. */
export async function readEarlier(folder: string): Promise<readonly RealTask[]> {
  await verifyPackage(folder, "v1");
  const found = await taskFiles(folder, "v1");
  return await Promise.all(found.map(async ({ path, of }): Promise<RealTask> => {
    const { id, goal, website, evals, difficulty } = JSON.parse(await readFile(path, "utf8"));
    const checks: readonly { readonly type: string; readonly query: string; readonly expected_value: Json }[] = evals;
    const task = { id: `v1.${id}`, goal, site: of, difficulty, url: website.url, script: "" };
    if (checks.some(({ type }) => type !== "jmespath")) {
      return { ...task, isGradeable: false, problem: "a language model grades it" };
    }
    const queries = checks.map(({ query, expected_value: expected }) => ({ query, expected }));
    const problem = contradicting.get(id);
    return { ...task, queries, isGradeable: problem === undefined, ...(problem !== undefined && { problem }) };
  }));
}

interface TaskFile {
  readonly path: string;
  readonly of: string;
  readonly number: number;
}

async function taskFiles(folder: string, version: "v1" | "v2"): Promise<readonly TaskFile[]> {
  const dir = join(tasksFolder(folder, version), "tasks");
  const found = (await readdir(dir)).flatMap((file): readonly TaskFile[] => {
    const [, of, number] = /^([a-z-]+)-(\d+)\.json$/.exec(file) ?? [];
    return of === undefined ? [] : [{ path: join(dir, file), of, number: Number(number) }];
  });
  return found.sort((a, b) => a.of === b.of ? a.number - b.number : a.of < b.of ? -1 : 1);
}
