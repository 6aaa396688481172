import type { BroughtCommand } from "../domain/brought-command.ts";
import { type AnyCommand, command } from "./command.ts";
import { jsonFlag, pipelineFlags } from "./flags.ts";

/** A row of the command table from a command that a plugin brings. */
export function broughtRow({ plugin, load, ...row }: BroughtCommand): AnyCommand {
  return command({
    ...row,
    loadsPlugins: true,
    flags: [...pipelineFlags, ...row.flags, jsonFlag],
    load: async () => {
      const [run, { kitOf }, { loadPlugin }] = await Promise.all([
        load(),
        import("./command-kit.ts"),
        import("../plugin/load.ts"),
      ]);
      return async (input, io) => {
        await loadPlugin({ ...plugin, from: io.cwd }); // Its error codes are known from here on.
        return await run(input, kitOf(io));
      };
    },
  });
}
