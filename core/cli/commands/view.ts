import { once } from "node:events";
import { dirname, join, resolve } from "node:path";
import type { RunFolder } from "../../record/run-folder.ts";
import { openRun } from "../../record/runs.ts";
import { episodePage } from "../../report/episode-page.ts";
import { groupPage } from "../../report/group-page.ts";
import { HaloError, isHaloError } from "../../util/errors.ts";
import { type Exported, type ExportOptions, exportView } from "../../view/export.ts";
import { KnownRuns } from "../../view/known-runs.ts";
import { openablePoint, type OpenPage } from "../../view/openable.ts";
import { serveView } from "../../view/server.ts";
import type { Flags, RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { viewFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { OpenedPages } from "../opened-pages.ts";
import { Pictures } from "../pictures.ts";
import { exportedText, tellExport } from "../report/export-progress.ts";

/** `halo view [RUN…]`: serves the viewer on loopback until it is stopped, or writes its pages; run folders are only read. */
export const view: RunCommand<typeof viewFlags> = async ({ args, flags }, io) => {
  const runsDir = flags["runs-dir"] ?? "runs";
  const chosen = await Promise.all(args.map((name) => openRun(name, runsDir)));
  const [folder = runsDir, ...others] = new Set(chosen.map(({ path }) => dirname(path)));
  if (others.length > 0) {
    throw new HaloError(
      "HALO_CLI_USAGE",
      `the runs lie in ${others.length + 1} folders; the viewer shows those of one`,
      {
        hint: "start a viewer for each folder",
      },
    );
  }
  const runs = new KnownRuns(folder, chosen.length === 0 ? undefined : chosen.map(({ path }) => path));
  const pictures = new Pictures({ io });
  const opened = new OpenedPages({ io });
  const told = new Set<string>();
  const shown = {
    runs,
    picture: pictures.make,
    open: opened.open,
    signal: io.signal,
    warn: (reason: string) => {
      if (!told.has(reason)) io.log.warn(`a page is drawn without its picture: ${reason}`);
      told.add(reason);
    },
  };
  try {
    if (flags.open !== undefined) return await openOne({ runs, open: opened.open }, { id: flags.open, flags, io });
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
    await Promise.all([pictures.close(), opened.close()]);
  }
};

/** `--open ID`: one page, until somebody has seen enough. */
async function openOne(
  { runs, open }: { readonly runs: KnownRuns; readonly open: OpenPage },
  { id, flags, io }: { readonly id: string; readonly flags: Flags<typeof viewFlags>; readonly io: Io },
): Promise<number> {
  const known = (await runs.list()).filter(({ folder }) => folder);
  if (known.length !== 1) {
    throw new HaloError("HALO_CLI_USAGE", "--open needs one run", { hint: "halo view latest --open i1.s0.0" });
  }
  const run = known[0]!.folder!;
  const place = await placeOf(run, id);
  const { seen, point } = await openablePoint(run, place);
  const { isVisible, debug, url } = await open(run, seen, point);
  if (flags.json) io.out(JSON.stringify({ type: "view_open", ...place, url, debug, isVisible }));
  else {
    io.out(`${url}  at ${point.id}`);
    io.err(isVisible ? "it stands in a window of its own" : `chrome://inspect shows it, with the target ${debug}`);
    io.err("Ctrl+C ends it");
  }
  if (!io.signal.aborted) await once(io.signal, "abort");
  return exitCodes.done;
}

/** Where a group was sampled, or where an episode stood before that step. */
async function placeOf(run: RunFolder, id: string): Promise<{ readonly of: string; readonly point: string }> {
  if (/^i\d+\.s\d+\.\d+$/.test(id)) {
    const { slot, first } = await groupPage(run, id);
    return { of: slot, point: first?.page?.point ?? "" };
  }
  const [, name = id, step = "0"] = /^(.+):(\d+)$/.exec(id) ?? [];
  const { of, trace, last } = await episodePage(run, name);
  return { of, point: (trace[Number(step)]?.page ?? last)?.point ?? "" };
}

async function exported(
  shown: Pick<ExportOptions, "runs" | "picture" | "warn">,
  { flags, io }: { readonly flags: Flags<typeof viewFlags>; readonly io: Io },
): Promise<number> {
  const to = resolve(io.cwd, flags.export!);
  const which = flags.pictures ?? "evaluations";
  if (which !== "all" && which !== "evaluations" && which !== "none") {
    throw new HaloError("HALO_CLI_USAGE", `--pictures must be all, evaluations or none, got "${which}"`);
  }
  const written = await wholeExport({ ...shown, to, pictures: which }, io);
  const page = join(to, "index.html");
  if (flags.json) io.out(JSON.stringify({ type: "view_export", page, ...written }));
  else io.out(`${page}  ${exportedText(written)}; open it in a browser`);
  return exitCodes.done;
}

/** Exports and tells how far it is; a stop says what became of what was written. */
async function wholeExport(o: Omit<ExportOptions, "signal" | "progress">, io: Io): Promise<Exported> {
  const { tell, end } = tellExport(io);
  try {
    return await exportView({ ...o, signal: io.signal, progress: tell });
  } catch (e) {
    if (!io.signal.aborted || !isHaloError(e)) throw e;
    throw new HaloError(e.code, `${e.message} before the export was whole: nothing of it stays in ${o.to}`, {
      hint: "start it again; --pictures none takes the least time",
      cause: e,
    });
  } finally {
    end();
  }
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
