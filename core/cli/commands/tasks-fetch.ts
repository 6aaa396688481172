import { resolve } from "node:path";
import { fetchers } from "../../../plugins/builtin.ts";
import { HaloError } from "../../util/errors.ts";
import { didYouMean } from "../../util/nearest.ts";
import type { Flags, RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { tasksFlags } from "../flags.ts";

type Source = keyof typeof fetchers;

/** `halo tasks fetch [source]`: brings the tasks of a source from outside to this machine; prints their folder. */
export const tasksFetch: RunCommand<typeof tasksFlags> = async ({ args, flags }, io) => {
  const source = sourceOf(args);
  checkFlags(flags);
  const { fetchTasks } = await fetchers[source]();
  if (!flags.json) {
    io.err(flags.from === undefined ? `fetching the ${source} tasks` : `taking the ${source} tasks from ${flags.from}`);
  }
  const { folder, isNew } = await fetchTasks({
    signal: io.signal,
    ...(flags.from !== undefined && { from: resolve(io.cwd, flags.from) }),
    ...(flags.to !== undefined && { to: resolve(io.cwd, flags.to) }),
    ...(flags.python !== undefined && { python: flags.python }),
  });
  if (flags.json) {
    io.out(JSON.stringify({ type: "done", ok: true, exit: exitCodes.done, source, folder, is_new: isNew }));
  } else {
    io.err(
      isNew ? "done; every task and script is that of the release" : "already there, every task and script verified",
    );
    io.out(folder);
  }
  return exitCodes.done;
};

function checkFlags(flags: Flags<typeof tasksFlags>): void {
  const { from: _from, to: _to, python: _python, json: _json, ...others } = flags;
  const given = Object.entries(others).find(([, value]) =>
    Array.isArray(value) ? value.length > 0 : value !== undefined
  );
  if (given !== undefined) throw usage(`halo tasks fetch takes no --${given[0]}`);
}

function usage(message: string): HaloError {
  return new HaloError("HALO_CLI_USAGE", message, { hint: "halo tasks --help" });
}

function sourceOf(args: readonly string[]): Source {
  const names = Object.keys(fetchers) as Source[];
  const [name = names[0]!, ...more] = args;
  const known = names.find((one) => one === name);
  if (known !== undefined && more.length === 0) return known;
  if (more.length > 0) throw usage(`expected one task source, got ${args.join(" ")}`);
  throw usage(`there is nothing to fetch for "${name}"${didYouMean(name, names) || `; sources: ${names.join(", ")}`}`);
}
