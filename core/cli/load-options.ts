import type { LoadOptions } from "../config/load.ts";
import type { Flags } from "./command.ts";
import type { pipelineFlags } from "./flags.ts";
import type { Io } from "./io.ts";
import { watchFor } from "./watch-for.ts";

/** The flags of every command that reads a pipeline. */
export type PipelineFlags = Flags<typeof pipelineFlags>;

/** What those flags lay over a pipeline file. */
export function overridesOf({ profile, mode, overlay, set }: PipelineFlags) {
  return { profiles: profile, mode, overlays: overlay, sets: set };
}

/** How a command reads the pipeline that its flags change; the watchdog learns the pipeline's own limit. */
export function loadOptions(flags: PipelineFlags, io: Io): LoadOptions {
  return { ...overridesOf(flags), env: io.env, cwd: io.cwd, ...watchFor(io) };
}
