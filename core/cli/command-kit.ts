import { buildChecked } from "../config/build-checked.ts";
import { loadPipeline } from "../config/load.ts";
import type { CommandKit, OutsideRun } from "../domain/brought-command.ts";
import type { Closable } from "../domain/call.ts";
import { buildOne } from "../plugin/container.ts";
import { nestedUses } from "../plugin/use.ts";
import { insideEpisode, outsideEpisode, outsideNeed } from "../run/evaluate/outside.ts";
import { startingAdapter } from "../run/evaluate/starting-adapter.ts";
import { packageRoot } from "../util/package-root.ts";
import type { Io } from "./io.ts";
import { loadOptions, type PipelineFlags } from "./load-options.ts";

/** What halo lends to a command that a plugin brings. */
export function kitOf(io: Io): CommandKit {
  return {
    out: io.out,
    err: io.err,
    cwd: io.cwd,
    env: io.env,
    signal: io.signal,
    packageRoot: packageRoot(),
    async open(file, { mode, flags }) {
      return await openOutside(await loadPipeline(file, loadOptions({ ...flags as PipelineFlags, mode }, io)), io);
    },
  };
}

async function openOutside(pipeline: Awaited<ReturnType<typeof loadPipeline>>, io: Io): Promise<OutsideRun> {
  const buildOptions = { log: io.log, signal: io.signal, packageRoot: packageRoot() };
  const { built, warnings } = await buildChecked(pipeline, buildOptions);
  for (const warning of warnings) io.err(warning);
  const o = { pipeline, built, signal: io.signal };
  const sites: Closable[] = [];
  const adapter = await startingAdapter(pipeline.policy);
  return {
    environment: pipeline.environment.plugin.name,
    policy: adapter === undefined ? pipeline.policy.plugin.name : `${pipeline.policy.plugin.name} (${adapter.dir})`,
    need: outsideNeed(built),
    policyTimeoutS: pipeline.limits.policy_timeout_s,
    tasks: (filter) => built.tasks.list(filter),
    async site() {
      const use = nestedUses(pipeline.environment).find(({ kind }) => kind === "site");
      if (use === undefined) return undefined;
      const site = await buildOne({ ...use, kind: "site" }, { ...buildOptions, seed: pipeline.seed });
      sites.push(site);
      return site.instance;
    },
    outside: (task) => outsideEpisode(o, task),
    inside: (task) => insideEpisode(o, task),
    async close() {
      await Promise.all(sites.map((site) => site.close()));
      await built.close();
    },
  };
}
