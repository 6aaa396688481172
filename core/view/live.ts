import { stat } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import type { RunFolder } from "../record/run-folder.ts";

/** How often a run's journal is looked at. */
const everyMs = 500;
/** A sign of life for whoever stands between, and the way to notice that nobody listens any more. */
const beatMs = 15_000;

/** Tells the page each time that a run's journal has grown, until it goes away: server-sent events named `grown`. */
export function tellGrowth(run: RunFolder, response: ServerResponse): void {
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    connection: "keep-alive",
  });
  response.write(":\n\n");
  const journal = join(run.path, "events.jsonl");
  let known = -1;
  const look = async () => {
    const size = await stat(journal).then((s) => s.size, () => 0);
    if (known >= 0 && size !== known) response.write(`event: grown\ndata: ${size}\n\n`);
    known = size;
  };
  const looking = setInterval(() => void look(), everyMs);
  const beating = setInterval(() => response.write(":\n\n"), beatMs);
  response.on("close", () => {
    clearInterval(looking);
    clearInterval(beating);
  });
}
