import { once } from "node:events";
import { resolve } from "node:path";
import { serveAssets, type ServeOptions } from "../../browser/serve.ts";
import type { Json } from "../../domain/json.ts";
import type { Asset, Site } from "../../domain/site.ts";
import type { Task } from "../../domain/task.ts";
import { buildOne, type BuildOptions } from "../../plugin/container.ts";
import { loadPlugin } from "../../plugin/load.ts";
import { optionsCheck, requiredOptions } from "../../plugin/options.ts";
import { builtinNames } from "../../plugin/registry.ts";
import { readJson } from "../../record/json-file.ts";
import { siteTaskFormat } from "../../record/site-task.ts";
import { HaloError } from "../../util/errors.ts";
import { packageRoot } from "../../util/package-root.ts";
import { plainLine } from "../../util/plain-text.ts";
import type { RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { siteFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { judgedSite, scriptText, withScript } from "./judged-site.ts";
import { pickTask } from "./pick-task.ts";

/**
 * `halo site NAME`: serves a replica for a person's own browser until it is stopped; with --verdict, for anybody's, and says
 * in a file whether its task is achieved. Nothing is recorded.
 */
export const site: RunCommand<typeof siteFlags> = async ({ args, flags }, io) => {
  const name = args[0]!;
  const { task, options } = await startOf(name, flags, io);
  if (flags.verdict !== undefined && !task) {
    throw new HaloError("HALO_CLI_USAGE", "--verdict needs a task", { hint: "add --task or --task-file" });
  }
  const built = await buildSite(name, options, io);
  try {
    const assets = await built.instance.assets();
    const answer = flags.verdict === undefined || !task
      ? undefined
      : await judgedSite({ site: built.instance, task, assets, file: resolve(io.cwd, flags.verdict) });
    const pages = task && !answer ? startingAt(assets, built.instance, task) : assets;
    const server = await listen(pages, { port: flags.port ?? 0, host: flags.host, ...(answer && { answer }) });
    try {
      const url = `http://${server.address}/`;
      if (flags.json) {
        io.out(JSON.stringify({ type: "site", url, ...(task && { task: task.key, goal: task.goal.text }) }));
      } else {
        if (task) io.out(plainLine(`${task.key}  ${task.goal.text}`));
        io.out(url);
        const reload = answer ? "what is done is kept when it is loaded again" : "every reload starts anew";
        io.err(`open it in a browser; ${reload}; Ctrl+C stops it`);
      }
      if (!io.signal.aborted) await once(io.signal, "abort");
      return exitCodes.done;
    } finally {
      await server.close();
    }
  } finally {
    await built.close();
  }
};

interface Start {
  readonly task?: Task;
  /** Options of the site. */
  readonly options: Readonly<Record<string, Json>>;
}

/** The task that the flags name, if they name one, and the site's options. */
async function startOf(
  name: string,
  flags: {
    readonly task: string | undefined;
    readonly seed: number | undefined;
    readonly scramble: number | undefined;
    readonly "task-file": string | undefined;
  },
  io: Io,
): Promise<Start> {
  const { scramble, "task-file": file } = flags;
  const options = scramble === undefined ? {} : { scramble };
  const isDrawn = flags.task !== undefined || flags.seed !== undefined;
  if (file === undefined) {
    return isDrawn
      ? { options, task: await taskOf(name, { match: flags.task, seed: flags.seed ?? 0 }, io) }
      : { options };
  }
  if (isDrawn || scramble !== undefined) {
    throw new HaloError("HALO_CLI_USAGE", "--task-file says what the task and the site's options are", {
      hint: "leave out --task, --seed and --scramble",
    });
  }
  const read = await readJson(resolve(io.cwd, file), siteTaskFormat, { hint: "halo export RUN --format harbor" });
  if (read?.site !== name) {
    const got = read === undefined ? "nothing" : `a task for "${read.site}"`;
    throw new HaloError(
      "HALO_CLI_USAGE",
      `--task-file must name a file with a task for "${name}", got ${got}: ${file}`,
      {
        hint: "halo export RUN --format harbor writes such files",
      },
    );
  }
  return { task: read.task, options: read.options as Start["options"] };
}

async function buildSite(name: string, options: Start["options"], io: Io) {
  const plugin = await loadPlugin({ kind: "site", use: name, from: io.cwd });
  if ("scramble" in options && !("scramble" in plugin.options.properties)) {
    throw new HaloError("HALO_CLI_USAGE", `the site "${name}" cannot be scrambled`, { hint: "leave out --scramble" });
  }
  const missing = requiredOptions(plugin, options);
  if (missing.length > 0) {
    throw new HaloError("HALO_OPTION_MISSING", `the site "${name}" needs ${missing.join(", ")}`, {
      hint: `halo plugins show site/${name}`,
    });
  }
  return await buildOne({ kind: "site", plugin, options, path: "site" }, buildOptions(io));
}

async function taskOf(
  name: string,
  o: { readonly match: string | undefined; readonly seed: number },
  io: Io,
): Promise<Task> {
  if (!builtinNames("tasks").includes(name)) {
    throw new HaloError("HALO_CLI_USAGE", `there is no task source "${name}" beside the site`, {
      hint: "leave out --task and --seed",
    });
  }
  const plugin = await loadPlugin({ kind: "tasks", use: name, from: io.cwd });
  const options = {};
  optionsCheck(plugin)(options);
  const source = await buildOne({ kind: "tasks", plugin, options, path: "tasks" }, buildOptions(io));
  try {
    return pickTask(source.instance, o);
  } finally {
    await source.close();
  }
}

const buildOptions = (io: Io): BuildOptions & { readonly seed: number } => ({
  log: io.log,
  signal: io.signal,
  packageRoot: packageRoot(),
  seed: 0,
});

/** The page restores the task's start state once it has loaded. */
function startingAt(assets: ReadonlyMap<string, Asset>, site: Site, task: Task): ReadonlyMap<string, Asset> {
  const page = assets.get("/");
  if (!page) return assets;
  const state = scriptText(JSON.stringify(site.start(task)));
  const body = withScript(page, `addEventListener("load", () => __halo.restore(${state}))`);
  return new Map(assets).set("/", { ...page, body });
}

async function listen(assets: ReadonlyMap<string, Asset>, o: ServeOptions) {
  try {
    return await serveAssets(assets, o);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HaloError("HALO_SITE_PORT", `cannot listen on ${o.host ?? "127.0.0.1"}:${o.port}: ${reason}`, {
      hint: "choose another --port, or leave it out for a free one",
      cause,
    });
  }
}
