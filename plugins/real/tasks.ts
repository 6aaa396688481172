import { definePlugin, HaloError, refs } from "halo-agent";
import type { Site, TaskSource } from "halo-agent";
import { findPython } from "halo-agent/kit";
import { defaultFolder, readEarlier, readEarlierTasks, readTasks, type RealTask, verifyPackage } from "./agisdk.ts";
import { catalogue, unplayable } from "./catalogue.ts";
import { chooseTasks, type TaskChoice } from "./choose.ts";
import { realErrors } from "./codes.ts";
import { realTasks } from "./source.ts";
import { hostedUrl, startUrl } from "./start-url.ts";

/** The tasks of the REAL benchmark on a replica, graded by the benchmark's own scripts. */
export default definePlugin({
  kind: "tasks",
  name: "real",
  summary: "REAL tasks by their own ids on a replica, graded by their own scripts (halo tasks fetch real brings them)",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      site: {
        type: "string",
        "x-plugin": "site",
        description:
          "The replica of the site the tasks are for; without it every task of the benchmark is listed, and none can be played.",
      },
      sites: {
        type: "array",
        items: { type: "string", "x-plugin": "site" },
        minItems: 1,
        description: "Replicas of several sites, instead of `site`; the environment is then `replicas`.",
      },
      version: {
        type: "string",
        enum: ["v2", "v1"],
        description:
          "v1: the tasks of the first version that queries alone grade and a replica can play; v2 when absent.",
      },
      hosted: {
        type: "string",
        description:
          "Instead of `site`: name of a hosted site of the benchmark, such as udriver; for environment `real`.",
      },
      host: {
        type: "string",
        pattern: "^[a-z0-9.-]+(:[0-9]+)?$",
        description: "Host at which that site is found, where it is not the one of the task files.",
      },
      path: {
        type: "string",
        "x-path": true,
        description: "Folder of the unpacked agisdk 0.3.5; halo's own cache when absent.",
      },
      list: {
        type: "string",
        "x-path": true,
        description: "A named list such as easy, one across sites such as shopping, or a JSON file; all when absent.",
      },
      tasks: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Task ids such as v2.gomail-1, in this order; empty means the whole list.",
      },
      sample: {
        type: "integer",
        minimum: 1,
        description: "So many of them, drawn by sample_seed; all when absent, or when there are no more.",
      },
      sample_seed: { type: "integer", minimum: 0, description: "Seed of that draw; 42 when absent." },
      difficulty: {
        type: "array",
        items: { type: "string", enum: ["easy", "medium", "hard"] },
        description: "Only tasks that the package calls so; all when absent. Every task of v2 is medium.",
      },
      exclude_ungradeable: {
        type: "boolean",
        default: true,
        description: "Leave out tasks whose script is empty, which nothing can pass.",
      },
      max_steps: { type: "integer", minimum: 1, default: 25, description: "Step limit; 25 is the benchmark's own." },
      python: { type: "string", default: "python3", description: "Python 3 that runs the scripts." },
    },
  },
  errors: realErrors,
  needs: { packageRoot: refs.packageRoot, log: refs.log },
  checks: ({ path = defaultFolder(), python }) => [{
    name: "REAL tasks",
    async run() {
      await verifyPackage(path);
      return { status: "ok", text: `all there in ${path}, graded by ${await findPython(python)}` };
    },
  }],
  fetch: async ({ python }, o) =>
    (await import("./fetch.ts")).fetchTasks({ ...o, ...(python !== undefined && { python }) }),
  create: async (options, { packageRoot, log }) => {
    refuseHosts(options);
    const { site, sites = [], hosted, path = defaultFolder() } = options;
    const o = { ...options, path, packageRoot, warn: (message: string) => log.warn(message) };
    if (hosted !== undefined) return await hostedTasks({ ...o, hosted });
    const played = [...site ? [site] : [], ...sites];
    if (played.length > 0) return await replicaTasks({ ...o, sites: played });
    return catalogue([...await readTasks(path), ...await readEarlierTasks(path)], options.max_steps);
  },
});

interface PlayedOptions extends Omit<TaskChoice, "sites"> {
  /** Folder of the unpacked package. */
  readonly path: string;
  readonly max_steps: number;
  readonly python: string;
}

interface ReplicaOptions extends PlayedOptions {
  readonly sites: readonly Site[];
  readonly version?: "v1" | "v2";
}

/** The tasks of sites on their replicas. */
async function replicaTasks({ sites, version, path, ...o }: ReplicaOptions): Promise<TaskSource> {
  const foreign = sites.find(({ official }) => official === undefined);
  if (foreign !== undefined) {
    throw new HaloError("HALO_REAL_TASK_UNKNOWN", `the REAL benchmark has no tasks for the site "${foreign.name}"`, {
      hint: "name a replica of one of the benchmark's sites, such as gomail",
    });
  }
  const playable = new Set(sites.flatMap(({ official }) => official?.earlier ?? []));
  const listed = version === "v1" ? await readEarlier(path) : await readTasks(path);
  const all = version === "v1" ? listed.filter(({ id }) => playable.has(id)) : listed;
  const others = new Map(listed.filter((task) => !all.includes(task)).map((task) => [task.id, reasonOf(task)]));
  const chosen = await chooseTasks(all, { ...o, sites: sites.map(({ name }) => name), others });
  const startOf = ({ site, url }: RealTask): string => startUrl(sites.find(({ name }) => name === site)!, url);
  return realTasks(chosen, { ...o, sites, startOf, python: await findPython(o.python) });
}

/** Why a task of the first version is not played. */
const reasonOf = ({ id, problem }: RealTask): string => problem ?? unplayable.get(id) ?? "its site has no replica yet";

interface HostedOptions extends PlayedOptions {
  readonly hosted: string;
  readonly host?: string;
}

/** The tasks of a site at their hosted addresses. */
async function hostedTasks({ hosted, host, path, ...o }: HostedOptions): Promise<TaskSource> {
  const all = await readTasks(path);
  const own = all.filter(({ site }) => site === hosted);
  if (own.length === 0) {
    const names = [...new Set(all.map(({ site }) => site))];
    const message = `the REAL benchmark has no site "${hosted}"; its sites: ${names.join(", ")}`;
    throw new HaloError("HALO_REAL_TASK_UNKNOWN", message, { option: "hosted" });
  }
  const chosen = await chooseTasks(own, { ...o, sites: [hosted] });
  return realTasks(chosen, { ...o, startOf: ({ url }) => hostedUrl(url, host), python: await findPython(o.python) });
}

type Places = "site" | "sites" | "hosted" | "host" | "version";

/** Throws for options that do not go together. */
function refuseHosts({ site, sites, hosted, host, version }: Readonly<Partial<Record<Places, unknown>>>): void {
  const problem = (site ?? sites) !== undefined && hosted !== undefined
    ? "`site` and `sites` play on replicas, `hosted` on the site itself"
    : host !== undefined && hosted === undefined
    ? "`host` is the address of a `hosted` site"
    : hosted !== undefined && version === "v1"
    ? "`version: v1` is played on replicas only, `hosted` plays v2"
    : undefined;
  if (problem === undefined) return;
  throw new HaloError("HALO_REAL_TASK_UNKNOWN", problem, { hint: "name one of `site` and `hosted`" });
}
