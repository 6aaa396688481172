import process from "node:process";
import { HaloError } from "../util/errors.ts";
import { cli } from "./cli.ts";
import { exit, exitCodes } from "./exit.ts";
import { processIo } from "./io.ts";
import { guardProcess } from "./process-guard.ts";
import { reportError } from "./report-error.ts";

const controller = new AbortController();
for (
  const [name, code, status] of [["SIGINT", "HALO_INTERRUPTED", exitCodes.interrupted], [
    "SIGTERM",
    "HALO_TERMINATED",
    exitCodes.terminated,
  ]] as const
) {
  process.on(name, () => {
    // The first signal asks for an orderly end, the second ends at once.
    if (controller.signal.aborted) void exit(status);
    else controller.abort(new HaloError(code, `stopped by ${name}`));
  });
}
const io = processIo(controller.signal);
const isJson = process.argv.includes("--json");
const guard = guardProcess(controller, {
  giveUp: (error) => void reportError(error, { io, isJson }).then(exit),
});
const status = await cli(process.argv.slice(2), io);
// A command that ended well has not met it.
const isUntold = guard.stray !== undefined && status === exitCodes.done;
await exit(isUntold ? await reportError(guard.stray, { io, isJson }) : status);
