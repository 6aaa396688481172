import { once } from "node:events";
import { openRun } from "../../record/runs.ts";
import { HaloError } from "../../util/errors.ts";
import { KnownRuns } from "../../view/known-runs.ts";
import { serveView } from "../../view/server.ts";
import type { RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { viewFlags } from "../flags.ts";
import { Pictures } from "../pictures.ts";

/** `halo view [RUN…]`: serves the viewer on loopback until it is stopped; it reads run folders and writes nothing. */
export const view: RunCommand<typeof viewFlags> = async ({ args, flags }, io) => {
  const runsDir = flags["runs-dir"] ?? "runs";
  const chosen = await Promise.all(args.map((name) => openRun(name, runsDir)));
  const runs = new KnownRuns(runsDir, chosen.length === 0 ? undefined : chosen.map(({ path }) => path));
  const pictures = new Pictures({ io });
  const told = new Set<string>();
  const warn = (reason: string) => {
    if (!told.has(reason)) io.log.warn(`a page is drawn without its picture: ${reason}`);
    told.add(reason);
  };
  try {
    const server = await listening(() =>
      serveView({ runs, picture: pictures.make, warn, ...(flags.port !== undefined && { port: flags.port }) })
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
