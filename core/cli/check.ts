import { buildChecked } from "../config/build-checked.ts";
import { nondeterministicParts } from "../config/crosscheck.ts";
import { loadPipeline } from "../config/load.ts";
import type { Pipeline } from "../config/pipeline.ts";
import { printPipeline } from "../config/print.ts";
import { packageRoot } from "../util/package-root.ts";
import type { RunCommand } from "./command.ts";
import { exitCodes } from "./exit.ts";
import type { checkFlags } from "./flags.ts";

/** `halo check`: every check that a run makes before it starts. */
export const check: RunCommand<typeof checkFlags> = async ({ args, flags }, io) => {
  const file = args[0]!;
  const overrides = { profiles: flags.profile, mode: flags.mode, overlays: flags.overlay, sets: flags.set };
  const pipeline = await loadPipeline(file, { ...overrides, env: io.env, cwd: io.cwd });
  const { built, warnings } = await buildChecked(pipeline, {
    log: io.log,
    signal: io.signal,
    packageRoot: packageRoot(),
  });
  try {
    const loose = nondeterministicParts(built).map((part) => `${part} "${pipeline[part]?.plugin.name}"`);
    const reproducible = loose.length === 0;
    if (flags.json) {
      io.out(
        JSON.stringify({
          type: "done",
          ok: true,
          exit: exitCodes.done,
          reproducible,
          warnings,
          pipeline: pipeline.document,
        }),
      );
      return exitCodes.done;
    }
    if (flags.print) io.out(printPipeline(pipeline).trimEnd());
    for (const warning of warnings) io.err(`${io.paint.yellow("warning")} ${warning}`);
    io.err(`${io.paint.green("ok")} ${file}: ${summary(pipeline)}`);
    io.err(
      `reproducible: ${
        reproducible ? "yes, equal seeds give equal results" : `no, not deterministic: ${loose.join(", ")}`
      }`,
    );
    return exitCodes.done;
  } finally {
    await built.close();
  }
};

function summary({ stages, tasks, environment, policy }: Pipeline): string {
  const kinds = stages.map((stage) => stage.kind).join(", ");
  return `${policy.plugin.name} on ${environment.plugin.name} with tasks of ${tasks.plugin.name}; ${kinds}`;
}
