import { readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { loadDocument, loadPipeline } from "../../core/config/load.ts";
import type { Done } from "../../core/record/events.ts";
import { openRun } from "../../core/record/runs.ts";
import { runPipeline } from "../../core/run/pipeline.ts";
import { silentLog } from "../../core/util/log.ts";
import { packageRoot } from "../../core/util/package-root.ts";

/** What is run, and where its run folder comes to lie. */
export interface Work {
  readonly pipeline: string;
  readonly runs: string;
  readonly sets: readonly string[];
}

/** Begins the run, or goes on with the one that lies in its folder already. */
export async function attempt(
  { pipeline, runs, sets }: Work,
  { onLaunch = () => {} }: { readonly onLaunch?: () => void } = {},
): Promise<Done> {
  const run = runIn(runs);
  const resume = run === undefined ? undefined : await openRun(run, runs);
  const loaded = resume
    ? await loadDocument(resume.info.document, { base: resume.info.base, env: process.env })
    : await loadPipeline(pipeline, { sets: [`runs_dir=${runs}`, ...sets], env: process.env, cwd: packageRoot() });
  return await runPipeline(loaded, {
    log: silentLog,
    signal: new AbortController().signal,
    packageRoot: packageRoot(),
    ...(resume && { resume }),
    onEvent: ({ type }) => type === "launch" && onLaunch(),
  });
}

/** The one run of a folder; undefined while there is none. */
export function runIn(runs: string): string | undefined {
  const names = readdirSync(runs).filter((name) => !name.startsWith(".") && name !== "blobs");
  if (names.length > 1) throw new Error(`${runs} holds ${names.length} runs`);
  return names[0] === undefined ? undefined : join(runs, names[0]);
}
