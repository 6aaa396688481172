import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Json } from "../../domain/json.ts";
import type { Task } from "../../domain/task.ts";
import { loadDocument } from "../../config/load.ts";
import { buildOne } from "../../plugin/container.ts";
import { loadPlugin } from "../../plugin/load.ts";
import { builtinNames } from "../../plugin/registry.ts";
import { nestedUses } from "../../plugin/use.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { harborFiles, harborFolder } from "../../report/harbor-task.ts";
import { recordedTasks } from "../../report/recorded-tasks.ts";
import { HaloError } from "../../util/errors.ts";
import { packageRoot } from "../../util/package-root.ts";
import type { Io } from "../io.ts";
import { type ExportedFile, type FormatOptions, nothing } from "./export-format.ts";

interface SiteUse {
  readonly use: string;
  readonly options: Json;
}

/** The tasks that a run played on replica sites, as a folder each that Harbor runs. */
export async function* harborTasks(run: RunFolder, o: FormatOptions): AsyncGenerator<ExportedFile> {
  const sites = await sitesOf(run, o.io);
  const pack = await packOf(o.pack, o.io);
  const { tasks: all, skipped } = await recordedTasks(run);
  const tasks = all.filter((task) => sites.some(({ use }) => use === task.site));
  if (tasks.length === 0) throw nothing(run, "tasks", { skipped });
  if (skipped > 0) o.leftOut(`${skipped} tasks left out: the run recorded no page for them (record.pages)`);
  const outside = new Set((await run.episodes()).filter((e) => e.verdict.strict).map((e) => e.taskKey)).size;
  if (outside > 0) {
    o.leftOut(
      `${outside} tasks were judged by a rule from outside in the run; in Harbor the site's strict rule judges them`,
    );
  }
  for (const use of sites) {
    const own = tasks.filter((task) => task.site === use.use);
    if (own.length === 0) continue;
    const rules = await rulesOf(use, own, o.io);
    for (const [i, task] of own.entries()) {
      const folder = harborFolder(task);
      const files = harborFiles({ task, site: use, judge: rules[i]!, run: run.id, pack: pack.name });
      for (const [path, content] of files) yield { path: `${folder}/${path}`, content };
      yield { path: `${folder}/environment/site/${pack.name}`, content: pack.bytes };
    }
  }
}

/** The built-in sites of the run's environment. Throws HALO_EXPORT_HARBOR where it has none that goes into a container. */
async function sitesOf({ info, id }: RunFolder, { env }: Io): Promise<readonly SiteUse[]> {
  const { environment } = await loadDocument(info.document, { base: info.base, env, mayLackSecrets: true });
  const refuse = (why: string) =>
    new HaloError("HALO_EXPORT_HARBOR", `run ${id} ${why}`, {
      hint:
        "only tasks on built-in replica sites can be packed; the formats trajectories, sft and pairs work for any run",
    });
  const sites = nestedUses(environment).filter(({ kind }) => kind === "site");
  if (sites.length === 0) {
    const name = environment.use ?? environment.plugin.name;
    throw refuse(`was played in the environment "${name}", whose pages do not go into a container with a task`);
  }
  return sites.map(({ use, plugin, options }) => {
    const name = use ?? plugin.name;
    if (builtinNames("site").includes(name)) return { use: name, options: options as Json };
    throw refuse(`was played on the site "${name}", which halo's package does not hold`);
  });
}

/** Halo's npm package; the name on the public registry is somebody else's. */
async function packOf(
  file: string | undefined,
  io: Io,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const hint = "make it in a checkout of halo: npm run package";
  if (file === undefined) throw new HaloError("HALO_CLI_USAGE", "--format harbor needs --package FILE.tgz", { hint });
  const bytes = await readFile(resolve(io.cwd, file)).catch(() => undefined);
  const isPacked = bytes?.[0] === 0x1f && bytes[1] === 0x8b && /^[\w.-]+\.tgz$/.test(basename(file));
  if (isPacked) return { name: basename(file), bytes };
  throw new HaloError("HALO_CLI_USAGE", `--package must name halo's npm package, a .tgz file, got "${file}"`, { hint });
}

/** The rule that the site judges each task by. */
async function rulesOf({ use, options }: SiteUse, tasks: readonly Task[], io: Io): Promise<readonly string[]> {
  const plugin = await loadPlugin({ kind: "site", use, from: packageRoot() });
  const built = await buildOne(
    { kind: "site", plugin, options: options as Readonly<Record<string, Json>>, path: "site" },
    { log: io.log, signal: io.signal, packageRoot: packageRoot(), seed: 0 },
  );
  try {
    return tasks.map((task) => {
      const start = built.instance.start(task);
      return built.instance.judge(task, start, start).by;
    });
  } finally {
    await built.close();
  }
}
