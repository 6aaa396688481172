import { buildChecked } from "../../config/build-checked.ts";
import { nondeterministicParts } from "../../config/crosscheck.ts";
import { loadPipeline } from "../../config/load.ts";
import type { Pipeline } from "../../config/pipeline.ts";
import { printPipeline } from "../../config/print.ts";
import { packageRoot } from "../../util/package-root.ts";
import type { RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { checkFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { loadOptions } from "../load-options.ts";

/** `halo check`: every check that a run makes before it starts. */
export const check: RunCommand<typeof checkFlags> = async ({ args, flags }, io) => {
  const file = args[0]!;
  const pipeline = await loadPipeline(file, { ...loadOptions(flags, io), mayLackSecrets: true });
  const { loose, warnings } = await checked(pipeline, io);
  const reproducible = loose.length === 0;
  if (flags.json) {
    const done = { type: "done", ok: true, exit: exitCodes.done, reproducible, warnings, pipeline: pipeline.document };
    io.out(JSON.stringify(done));
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
};

/** Builds the pipeline, or each of its arms, and closes it again; `loose` are its parts that are not deterministic. */
async function checked(pipeline: Pipeline, io: Io) {
  const loose = new Set<string>();
  const warnings = new Set(pipeline.warnings);
  for (const one of pipeline.arms?.map((arm) => arm.pipeline) ?? [pipeline]) {
    const o = { log: io.log, signal: io.signal, packageRoot: packageRoot() };
    const { built, warnings: found } = await buildChecked(one, o);
    await built.close();
    for (const part of nondeterministicParts(built)) {
      if (part !== "rewards") loose.add(`${part} "${one[part]?.plugin.name}"`);
    }
    for (const { name, shaper } of built.rewards) if (shaper.deterministic === false) loose.add(`reward "${name}"`);
    for (const warning of found) warnings.add(warning);
  }
  return { loose: [...loose], warnings: [...warnings] };
}

function summary({ stages, tasks, environment, policy, arms = [] }: Pipeline): string {
  const kinds = stages.map((stage) => stage.kind).join(", ");
  const each = arms.length === 0 ? "" : `; arms ${arms.map((arm) => arm.name).join(", ")}`;
  return `${policy.plugin.name} on ${environment.plugin.name} with tasks of ${tasks.plugin.name}; ${kinds}${each}`;
}
