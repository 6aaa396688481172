import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { fileSign } from "../record/file-sign.ts";
import type { RunFolder } from "../record/run-folder.ts";

/** How often a run is looked at. */
const everyMs = 500;
/** A sign of life for whoever stands between, and the way to notice that nobody listens any more. */
const beatMs = 15_000;

/**
 * Tells the page each time that a run's journal has grown or that the run stands otherwise, its process gone included, until
 * the page goes away: server-sent events named `grown`.
 */
export function tellGrowth(run: RunFolder, response: ServerResponse): void {
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    connection: "keep-alive",
  });
  response.write(":\n\n");
  const journal = join(run.path, "events.jsonl");
  let known: string | undefined;
  const look = async () => {
    const size = (await fileSign(journal).catch(() => undefined))?.size ?? 0;
    // A damaged state is told by the page itself.
    const state = await run.readStatus().catch(() => undefined);
    const now = `${size} ${state?.status}`;
    if (known !== undefined && now !== known) response.write(`event: grown\ndata: ${size}\n\n`);
    known = now;
  };
  void look();
  const looking = setInterval(() => void look(), everyMs);
  const beating = setInterval(() => response.write(":\n\n"), beatMs);
  response.on("close", () => {
    clearInterval(looking);
    clearInterval(beating);
  });
}
