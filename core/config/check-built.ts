import type { Built } from "../plugin/container.ts";
import { crosscheck } from "./crosscheck.ts";
import { problemsOf } from "./load.ts";
import type { Pipeline } from "./pipeline.ts";
import { ConfigErrors } from "./problem.ts";

/** Checks a built pipeline before it starts; throws `ConfigErrors`, else returns all warnings. */
export async function checkBuilt(pipeline: Pipeline, built: Built): Promise<readonly string[]> {
  const findings = await crosscheck({ pipeline, built });
  const problems = problemsOf(pipeline, findings);
  if (problems.length > 0) throw new ConfigErrors(problems);
  return [...pipeline.warnings, ...findings.map((f) => f.message)];
}
