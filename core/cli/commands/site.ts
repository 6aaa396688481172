import { once } from "node:events";
import { serveAssets } from "../../browser/serve.ts";
import type { Asset, Site } from "../../domain/site.ts";
import type { Task } from "../../domain/task.ts";
import { buildOne, type BuildOptions } from "../../plugin/container.ts";
import { loadPlugin } from "../../plugin/load.ts";
import { optionsCheck, requiredOptions } from "../../plugin/options.ts";
import { builtinNames } from "../../plugin/registry.ts";
import { HaloError } from "../../util/errors.ts";
import { packageRoot } from "../../util/package-root.ts";
import { plainLine } from "../../util/plain-text.ts";
import type { RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { siteFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { pickTask } from "./pick-task.ts";

/** `halo site NAME`: serves a replica for a person's own browser until it is stopped. Nothing is recorded or graded. */
export const site: RunCommand<typeof siteFlags> = async ({ args, flags }, io) => {
  const name = args[0]!;
  const isTask = flags.task !== undefined || flags.seed !== undefined;
  const task = isTask ? await taskOf(name, { match: flags.task, seed: flags.seed ?? 0 }, io) : undefined;
  const built = await buildSite(name, flags.scramble, io);
  try {
    const assets = await built.instance.assets();
    const server = await listen(task ? startingAt(assets, built.instance, task) : assets, flags.port ?? 0);
    try {
      const url = `http://${server.address}/`;
      if (flags.json) {
        io.out(JSON.stringify({ type: "site", url, ...(task && { task: task.key, goal: task.goal.text }) }));
      } else {
        if (task) io.out(plainLine(`${task.key}  ${task.goal.text}`));
        io.out(url);
        io.err("open it in a browser; every reload starts anew; Ctrl+C stops it");
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

async function buildSite(name: string, scramble: number | undefined, io: Io) {
  const plugin = await loadPlugin({ kind: "site", use: name, from: io.cwd });
  if (scramble !== undefined && !("scramble" in plugin.options.properties)) {
    throw new HaloError("HALO_CLI_USAGE", `the site "${name}" cannot be scrambled`, { hint: "leave out --scramble" });
  }
  const options = scramble === undefined ? {} : { scramble };
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
  // In a script "</" would end it; JSON writes the same text with an escape.
  const state = JSON.stringify(JSON.stringify(site.start(task))).replaceAll("<", "\\u003c");
  const script = `<script>addEventListener("load", () => __halo.restore(${state}))</script>`;
  const body = new TextEncoder().encode(new TextDecoder().decode(page.body) + script);
  return new Map(assets).set("/", { ...page, body });
}

async function listen(assets: ReadonlyMap<string, Asset>, port: number) {
  try {
    return await serveAssets(assets, { port });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HaloError("HALO_SITE_PORT", `cannot listen on 127.0.0.1:${port}: ${reason}`, {
      hint: "choose another --port, or leave it out for a free one",
      cause,
    });
  }
}
