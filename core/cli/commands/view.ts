import { once } from "node:events";
import { join, resolve } from "node:path";
import { openRun } from "../../record/runs.ts";
import { HaloError } from "../../util/errors.ts";
import { type ExportOptions, exportView } from "../../view/export.ts";
import { KnownRuns } from "../../view/known-runs.ts";
import { serveView } from "../../view/server.ts";
import type { Flags, RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { viewFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { Pictures } from "../pictures.ts";

/** `halo view [RUN…]`: serves the viewer on loopback until it is stopped, or writes its pages; run folders are only read. */
export const view: RunCommand<typeof viewFlags> = async ({ args, flags }, io) => {
  const runsDir = flags["runs-dir"] ?? "runs";
  const chosen = await Promise.all(args.map((name) => openRun(name, runsDir)));
  const runs = new KnownRuns(runsDir, chosen.length === 0 ? undefined : chosen.map(({ path }) => path));
  const pictures = new Pictures({ io });
  const told = new Set<string>();
  const shown = {
    runs,
    picture: pictures.make,
    warn: (reason: string) => {
      if (!told.has(reason)) io.log.warn(`a page is drawn without its picture: ${reason}`);
      told.add(reason);
    },
  };
  try {
    if (flags.export !== undefined) return await exported(shown, { flags, io });
    const server = await listening(() =>
      serveView({ ...shown, ...(flags.port !== undefined && { port: flags.port }) })
    );
    try {
      const [only] = chosen.length === 1 ? await runs.list() : [];
      const url = only ? `${server.url}#/run/${encodeURIComponent(only.listing.id)}` : server.url;
      io.out(flags.json ? JSON.stringify({ type: "view", url }) : url);
      if (!flags.json) io.err("open it in a browser of this machine; Ctrl+C stops it");
      if (!io.signal.aborted) await once(io.signal, "abort");
      return exitCodes.done;
    } finally {
      await server.close();
    }
  } finally {
    await pictures.close();
  }
};

async function exported(
  shown: Pick<ExportOptions, "runs" | "picture" | "warn">,
  { flags, io }: { readonly flags: Flags<typeof viewFlags>; readonly io: Io },
): Promise<number> {
  const to = resolve(io.cwd, flags.export!);
  const which = flags.pictures ?? "evaluations";
  if (which !== "all" && which !== "evaluations" && which !== "none") {
    throw new HaloError("HALO_CLI_USAGE", `--pictures must be all, evaluations or none, got "${which}"`);
  }
  const { answers, pictures, bytes } = await exportView({ ...shown, to, pictures: which, signal: io.signal });
  const page = join(to, "index.html");
  if (flags.json) io.out(JSON.stringify({ type: "view_export", page, answers, pictures, bytes }));
  else {io.out(
      `${page}  ${answers} answers, ${pictures} pictures, ${(bytes / 1e6).toFixed(1)} MB; open it in a browser`,
    );}
  return exitCodes.done;
}

async function listening<T>(listen: () => Promise<T>): Promise<T> {
  try {
    return await listen();
  } catch (cause) {
    if ((cause as { readonly syscall?: string }).syscall !== "listen") throw cause;
    throw new HaloError("HALO_VIEW_PORT", `cannot listen on 127.0.0.1: ${(cause as Error).message}`, {
      hint: "choose another --port, or leave it out for a free one",
      cause,
    });
  }
}
