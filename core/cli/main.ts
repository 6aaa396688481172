import process from "node:process";
import { HaloError } from "../util/errors.ts";
import { cli } from "./cli.ts";
import { exit, exitCodes } from "./exit.ts";
import { processIo } from "./io.ts";

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
await exit(await cli(process.argv.slice(2), processIo(controller.signal)));
