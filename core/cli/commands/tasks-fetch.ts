import { resolve } from "node:path";
import { parse } from "yaml";
import type { Fetched, FetchRequest, Plugin } from "../../plugin/define.ts";
import { isFileUse, loadPlugin } from "../../plugin/load.ts";
import { checkSome } from "../../plugin/options.ts";
import { builtinNames } from "../../plugin/registry.ts";
import { HaloError } from "../../util/errors.ts";
import { didYouMean } from "../../util/nearest.ts";
import type { Flags, RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { tasksFlags } from "../flags.ts";
import type { Io } from "../io.ts";

/** `halo tasks fetch SOURCE`: brings the tasks of a source from outside to this machine; prints their folder. */
export const tasksFetch: RunCommand<typeof tasksFlags> = async ({ args, flags }, io) => {
  checkFlags(flags);
  const source = await sourceOf(args, io);
  const options = optionsOf(source.plugin, flags.set);
  if (!flags.json) {
    const what = `the ${source.name} tasks`;
    io.err(flags.from === undefined ? `fetching ${what}` : `taking ${what} from ${flags.from}`);
  }
  const { folder, isNew } = await source.fetch(options, {
    signal: io.signal,
    ...(flags.from !== undefined && { from: resolve(io.cwd, flags.from) }),
    ...(flags.to !== undefined && { to: resolve(io.cwd, flags.to) }),
  });
  if (flags.json) {
    const done = { type: "done", ok: true, exit: exitCodes.done, source: source.name, folder, is_new: isNew };
    io.out(JSON.stringify(done));
  } else {
    io.err(
      isNew ? "done; every file is that of the release" : "already there, every file verified",
    );
    io.out(folder);
  }
  return exitCodes.done;
};

interface Source {
  readonly name: string;
  readonly plugin: Plugin;
  fetch(options: unknown, o: FetchRequest): Promise<Fetched>;
}

/** The source that is named, a built-in, file or package. */
async function sourceOf(args: readonly string[], io: Io): Promise<Source> {
  const all = await Promise.all(builtinNames("tasks").map((use) => sourceFrom(use, io)));
  const sources = all.filter((one) => one !== undefined);
  const names = sources.map(({ name }) => name);
  const [name, ...more] = args;
  if (name === undefined) throw usage(`expected a task source to fetch: ${names.join(", ")}`);
  if (more.length > 0) throw usage(`expected one task source, got ${args.join(" ")}`);
  const found = sources.find((one) => one.name === name) ?? (isFileUse(name) ? await sourceFrom(name, io) : undefined);
  if (found) return found;
  throw usage(`there is nothing to fetch for "${name}"${didYouMean(name, names) || `; sources: ${names.join(", ")}`}`);
}

async function sourceFrom(use: string, { cwd }: Io): Promise<Source | undefined> {
  const plugin = await loadPlugin({ kind: "tasks", use, from: cwd });
  const { name, fetch } = plugin;
  return fetch && { name, plugin, fetch };
}

/** What `--set name=value` gives the source's own options, checked against their schema. */
function optionsOf(plugin: Plugin, sets: readonly string[]): Readonly<Record<string, unknown>> {
  const given = Object.fromEntries(sets.map((text): [string, unknown] => {
    const [, option = "", value = ""] = text.match(/^([^=]+)=(.*)$/s) ?? [];
    if (option === "") throw usage(`--set expects OPTION=VALUE, got "${text}"`);
    return [option, parse(value)];
  }));
  const wrong = checkSome(plugin, given)[0];
  if (!wrong) return given;
  const { additionalProperty } = wrong.params as { readonly additionalProperty?: string };
  if (additionalProperty === undefined) {
    throw usage(`the option "${wrong.instancePath.slice(1)}" of tasks "${plugin.name}" ${wrong.message}`);
  }
  const near = didYouMean(additionalProperty, Object.keys(plugin.options.properties));
  throw usage(`tasks "${plugin.name}" has no option "${additionalProperty}"${near}`);
}

function checkFlags(flags: Flags<typeof tasksFlags>): void {
  const { from: _from, to: _to, set: _set, json: _json, ...others } = flags;
  const given = Object.entries(others).find(([, value]) =>
    Array.isArray(value) ? value.length > 0 : value !== undefined
  );
  if (given !== undefined) throw usage(`halo tasks fetch takes no --${given[0]}`);
}

function usage(message: string): HaloError {
  return new HaloError("HALO_CLI_USAGE", message, { hint: "halo tasks --help" });
}
