import process from "node:process";
import type { Exported, ExportProgress } from "../../view/export.ts";
import type { Io } from "../io.ts";

/** How often a line is written where none can be painted anew. */
const everyMs = 5000;
const paintedEveryMs = 100;

/**
 * Tells on stderr how far an export is: on a terminal in one line that is painted anew, elsewhere in a line now and then.
 * `end` takes the painted line away.
 */
export function tellExport(io: Pick<Io, "err" | "isLive" | "paint">) {
  let toldMs = -Infinity;
  let hasPictures = false;
  return {
    tell(progress: ExportProgress): void {
      const isNews = hasPictures !== (progress.pictured !== undefined);
      if (performance.now() - toldMs < (io.isLive ? paintedEveryMs : everyMs) && !isNews) return;
      toldMs = performance.now();
      hasPictures = progress.pictured !== undefined;
      const line = `exporting: ${lineOf(progress)}`;
      if (!io.isLive) return io.err(line);
      process.stderr.write(`\r\x1b[2K${io.paint.dim(line.slice(0, (process.stderr.columns ?? 80) - 1))}`);
    },
    end(): void {
      if (io.isLive && toldMs > -Infinity) process.stderr.write("\r\x1b[2K");
    },
  };
}

function lineOf({ pictured, ...written }: ExportProgress): string {
  const done = pictured &&
    `; pictures of ${pictured.done} of ${counted(pictured.of, "episode or task", "episodes and tasks")}`;
  return `${exportedText(written)}${done ?? ""}`;
}

/** "412 answers, 96 pictures, 51.2 MB" */
export function exportedText({ answers, pictures, bytes }: Exported): string {
  return `${counted(answers, "answer")}, ${counted(pictures, "picture")}, ${(bytes / 1e6).toFixed(1)} MB`;
}

const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
