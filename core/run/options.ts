import type { RunEvent } from "../record/events.ts";
import type { RunFolder } from "../record/run-folder.ts";
import type { Log } from "../util/log.ts";

export interface RunOptions {
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly packageRoot: string;
  /** Continues this run instead of creating one. */
  readonly resume?: RunFolder;
  /** Receives every event of the run, after it was recorded. */
  readonly onEvent?: (event: RunEvent) => void;
}
