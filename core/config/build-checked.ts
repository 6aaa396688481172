import { build, type BuildOptions, type Built } from "../plugin/container.ts";
import { calleeOfUse } from "../plugin/callee-of-use.ts";
import { checkInstance } from "../plugin/instance.ts";
import { isHaloError } from "../util/errors.ts";
import { PluginError } from "../plugin/plugin-error.ts";
import { crosscheck } from "./crosscheck.ts";
import { originOf, problemsOf } from "./load.ts";
import type { Pipeline, PluginUse } from "./pipeline.ts";
import { usePlaces } from "./schemas.ts";
import { ConfigErrors, ConfigProblem } from "./problem.ts";

/**
 * Builds a pipeline's plugins and checks what they say about each other: the last step before anything starts.
 * Throws `ConfigErrors` with places and closes what was built; `warnings` are ready to print.
 */
export async function buildChecked(
  pipeline: Pipeline,
  o: BuildOptions,
): Promise<{ readonly built: Built; readonly warnings: readonly string[] }> {
  const built = await build(pipeline, o).catch((e: unknown) => {
    throw e instanceof PluginError ? placed(pipeline, e) : e;
  });
  try {
    checkInstances(pipeline, built);
    const findings = await crosscheck({ pipeline, built });
    const problems = problemsOf(pipeline, findings);
    if (problems.length > 0) throw new ConfigErrors(problems);
    return { built, warnings: [...pipeline.warnings, ...findings.map((f) => f.message)] };
  } catch (e) {
    await built.close().catch((late: unknown) => o.log.warn(String(late)));
    throw e;
  }
}

/** Core relies on the shape of what it calls; a plugin that breaks its promise is named before anything starts. */
function checkInstances(pipeline: Pipeline, built: Built): void {
  const check = (use: PluginUse | undefined, instance: unknown) => {
    if (!use) return;
    try {
      checkInstance(use.kind, instance, calleeOfUse(use));
    } catch (e) {
      if (!isHaloError(e)) throw e;
      throw placed(pipeline, new PluginError(e.code, e.message, { path: use.path, hint: e.hint ?? "" }));
    }
  };
  for (const part of usePlaces) check(pipeline[part], built[part]);
  for (const [i, use] of pipeline.rewards.entries()) check(use, built.rewards[i]?.shaper);
  for (const [i, use] of pipeline.trackers?.entries() ?? []) check(use, built.trackers[i]?.tracker);
}

function placed(pipeline: Pipeline, { code, message, hint, cause, path }: PluginError): ConfigErrors {
  return new ConfigErrors([new ConfigProblem(code, message, { span: originOf(pipeline, path), hint, cause })]);
}
