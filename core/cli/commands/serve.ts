import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import process from "node:process";
import { loadPipeline } from "../../config/load.ts";
import { type Planned, servicesOf } from "../../serve/services-of.ts";
import { type ServiceEvent, supervise, type Supervised } from "../../serve/supervisor.ts";
import { servicesFolder, withTokens } from "../../serve/tokens.ts";
import { HaloError } from "../../util/errors.ts";
import { didYouMean } from "../../util/nearest.ts";
import { packageRoot } from "../../util/package-root.ts";
import { plainText } from "../../util/plain-text.ts";
import { Secret } from "../../util/secret.ts";
import type { RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { serveFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { loadOptions } from "../load-options.ts";

/** `halo serve`: starts the programs that a pipeline's plugins talk to and keeps them running until it is stopped. */
export const serve: RunCommand<typeof serveFlags> = async ({ args, flags }, io) => {
  const env = withTokens(io.env, { cwd: io.cwd, isMade: true });
  const pipeline = await loadPipeline(args[0]!, { ...loadOptions(flags, io), env });
  const planned = chosen(servicesOf(pipeline, { packageRoot: packageRoot() }), flags.only);
  const folder = resolve(io.cwd, servicesFolder);
  const folders = { logs: resolve(io.cwd, flags.logs ?? folder), pids: join(folder, "pids") };
  const own = join(folders.pids, String(process.pid));
  let supervised: Supervised | undefined;
  try {
    supervised = await supervise(planned, {
      ...folders,
      cwd: packageRoot(),
      env: io.env,
      signal: io.signal,
      onEvent(event) {
        // The first start: the folders are there, and teardown.sh must find the one who would start it again.
        if (event.state === "starting") writeFileSync(own, "");
        if (flags.json) io.out(JSON.stringify(event));
        else io.err(lineOf(event, io));
      },
    });
    tellReady(planned, { isJson: flags.json, io });
    await Promise.race([supervised.lost, io.signal.aborted ? undefined : once(io.signal, "abort")]);
  } catch (e) {
    if (!io.signal.aborted) throw e;
  } finally {
    await supervised?.close();
    rmSync(own, { force: true });
  }
  if (flags.json) io.out(JSON.stringify({ type: "done", ok: true, exit: exitCodes.done }));
  return exitCodes.done;
};

function chosen(planned: readonly Planned[], only: readonly string[]): readonly Planned[] {
  const names = planned.map((one) => one.service.name);
  if (names.length === 0) {
    throw new HaloError("HALO_SERVICE_NONE", "the plugins of this pipeline ask for no program to be started here", {
      hint:
        "name the profile or mode that does, for example --profile gpu; a URL of another machine is not served here",
    });
  }
  for (const name of only) {
    if (names.includes(name)) continue;
    throw new HaloError(
      "HALO_CLI_USAGE",
      `--only names no service of this pipeline: "${name}"${didYouMean(name, names)}`,
      {
        hint: `its services: ${names.join(", ")}`,
      },
    );
  }
  return only.length === 0 ? planned : planned.filter((one) => only.includes(one.service.name));
}

function lineOf({ name, state, pid, seconds, log, text }: ServiceEvent, io: Io): string {
  const colour = {
    starting: io.paint.dim,
    ready: io.paint.green,
    ended: io.paint.red,
    restarting: io.paint.yellow,
    stopped: io.paint.dim,
  };
  const more = [
    pid === undefined ? "" : `pid ${pid}`,
    seconds === undefined ? "" : `${seconds.toFixed(1)} s`,
    state === "starting" ? `log ${relative(io.cwd, log) || log}` : "",
    plainText(text ?? ""),
  ];
  return `${name.padEnd(8)}  ${colour[state](state.padEnd(10))}  ${more.filter((part) => part !== "").join("  ")}`;
}

/** The variables with which `halo run` finds what runs here; a token is named by its file, never shown. */
function tellReady(planned: readonly Planned[], { isJson, io }: { readonly isJson: boolean; readonly io: Io }): void {
  const variables = Object.fromEntries(
    planned.flatMap(({ settings }) => settings).map(({ variable, value }) =>
      value instanceof Secret
        ? [`${variable}_FILE`, withTokens(io.env, { cwd: io.cwd, isMade: false })[`${variable}_FILE`]]
        : [variable, String(value)]
    ).filter(([, value]) => value !== undefined),
  );
  if (isJson) return io.out(JSON.stringify({ type: "ready", services: planned.map((p) => p.service.name), variables }));
  for (const [name, value] of Object.entries(variables)) io.out(`export ${name}=${quoted(String(value))}`);
  io.out("# ready");
  io.err("ready; `halo run` in this folder needs nothing more, elsewhere these variables; Ctrl+C stops all");
}

const quoted = (text: string): string => /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
