import type { LoadOptions } from "../config/load.ts";
import type { Io } from "./io.ts";

/** The part of load options by which the pipeline says how long plugin code may run without waiting for anything. */
export function watchFor({ watchdog }: Io): Pick<LoadOptions, "onLimits"> {
  return { onLimits: ({ stall_timeout_s }) => watchdog?.limit(stall_timeout_s * 1000) };
}
