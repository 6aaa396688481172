import type { RunEvent } from "../record/events.ts";
import type { RunFolder } from "../record/run-folder.ts";
import type { Log } from "../util/log.ts";

export interface RunOptions {
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly packageRoot: string;
  /** Continues this run instead of creating one. */
  readonly resume?: RunFolder;
  /** Continues with plugins and files that have changed since the run began, and records them. */
  readonly acceptsChanges?: boolean;
  /** Continues from this committed iteration; later ones are put aside. */
  readonly fromIteration?: number;
  /** Receives every event of the run, after it was recorded. */
  readonly onEvent?: (event: RunEvent) => void;
}
