import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { loadDocument, loadPipeline } from "../../../core/config/load.ts";
import { hashEpisodes } from "../../../core/record/canonical.ts";
import { openRun } from "../../../core/record/runs.ts";
import { sha256Folder } from "../../../core/util/sha256.ts";
import type { Done, RunEvent } from "../../../core/record/events.ts";
import { runPipeline } from "../../../core/run/pipeline.ts";
import { silentLog } from "../../../core/util/log.ts";
import { packageRoot } from "../../../core/util/package-root.ts";

const pipelineFile = fileURLToPath(new URL("../../board/pipeline.yaml", import.meta.url));

/** Two iterations with every kind of durable write, as few of each as possible. */
export const smallRun = [
  "stages.0.evaluate.sample_size=2",
  "stages.1.train.tasks_per_iteration=2",
  "stages.2.evaluate.sample_size=2",
];

export interface BoardRunOptions {
  readonly sets?: readonly string[];
  /** Continue this run. */
  readonly resume?: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** Runs tests/board/pipeline.yaml into `runsDir`. */
export async function runBoard(runsDir: string, o: BoardRunOptions = {}): Promise<Done> {
  const resume = o.resume === undefined ? undefined : await openRun(o.resume, runsDir);
  const sets = [`runs_dir=${runsDir}`, ...o.sets ?? []];
  const pipeline = resume
    ? await loadDocument(resume.info.document, { base: resume.info.base, env: {} })
    : await loadPipeline(pipelineFile, { sets, env: {}, cwd: process.cwd() });
  return await runPipeline(pipeline, {
    log: silentLog,
    signal: o.signal ?? new AbortController().signal,
    packageRoot: packageRoot(),
    ...(resume && { resume }),
    ...(o.onEvent && { onEvent: o.onEvent }),
  });
}

/** A folder for runs that is removed when the test ends. */
export function runsFolder(): { readonly path: string; close(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), "halo-test-"));
  return { path: folder, close: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What two equal runs must agree on: final weights and every episode, by their digests. */
export async function outcomeOf(
  run: string,
): Promise<{ readonly adapter: string; readonly weights: string; readonly episodes: string }> {
  const folder = await openRun(run, path.dirname(run));
  const last = await folder.lastCommit();
  if (!last) throw new Error(`${run} has no COMMIT`);
  const weights = await sha256Folder(folder.iteration(last.iteration).adapterPath);
  return { adapter: last.adapter.sha256, weights, episodes: await hashEpisodes(folder) };
}
