import { build, type BuildOptions, type Built } from "../plugin/container.ts";
import { PluginError } from "../plugin/plugin-error.ts";
import { crosscheck } from "./crosscheck.ts";
import { originOf, problemsOf } from "./load.ts";
import type { Pipeline } from "./pipeline.ts";
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
    const findings = await crosscheck({ pipeline, built });
    const problems = problemsOf(pipeline, findings);
    if (problems.length > 0) throw new ConfigErrors(problems);
    return { built, warnings: [...pipeline.warnings, ...findings.map((f) => f.message)] };
  } catch (e) {
    await built.close().catch((late: unknown) => o.log.warn(String(late)));
    throw e;
  }
}

function placed(pipeline: Pipeline, { code, message, hint, cause, path }: PluginError): ConfigErrors {
  return new ConfigErrors([new ConfigProblem(code, message, { span: originOf(pipeline, path), hint, cause })]);
}
