import { loadDocument } from "../config/load.ts";
import { buildEnvironment } from "../plugin/container.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { packageRoot } from "../util/package-root.ts";
import type { Io } from "./io.ts";

/** Builds the environment whose pages a run recorded; no policy, no model and no trainer is asked for. */
export async function recordedEnvironment(
  { info }: RunFolder,
  { log, env, signal }: Pick<Io, "log" | "env" | "signal">,
): ReturnType<typeof buildEnvironment> {
  const pipeline = await loadDocument(info.document, { base: info.base, env, mayLackSecrets: true });
  return await buildEnvironment(pipeline, { log, signal, packageRoot: packageRoot() });
}
