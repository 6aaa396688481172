import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { loadPipeline } from "../../../core/config/load.ts";
import { canonicalEpisodes } from "../../../core/record/canonical.ts";
import { openRun } from "../../../core/record/runs.ts";
import { sha256Folder } from "../../../core/util/sha256.ts";
import type { Done, RunEvent } from "../../../core/run/events.ts";
import { runPipeline } from "../../../core/run/pipeline.ts";
import type { CommitRecord } from "../../../core/run/train.ts";
import { silentLog } from "../../../core/util/log.ts";
import { packageRoot } from "../../../core/util/package-root.ts";

const pipelineFile = fileURLToPath(new URL("../../board/pipeline.yaml", import.meta.url));

export interface BoardRunOptions {
  readonly sets?: readonly string[];
  /** Continue this run. */
  readonly resume?: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** Runs tests/board/pipeline.yaml into `runsDir`. */
export async function runBoard(runsDir: string, o: BoardRunOptions = {}): Promise<Done> {
  const sets = [`runs_dir=${runsDir}`, ...o.sets ?? []];
  const pipeline = await loadPipeline(pipelineFile, { sets, profiles: [], overlays: [], env: {}, cwd: process.cwd() });
  return await runPipeline(pipeline, {
    log: silentLog,
    signal: o.signal ?? new AbortController().signal,
    packageRoot: packageRoot(),
    ...(o.resume !== undefined && { resume: await openRun(o.resume, runsDir) }),
    ...(o.onEvent && { onEvent: o.onEvent }),
  });
}

/** A folder for runs that is removed when the test ends. */
export function runsFolder(): { readonly path: string; close(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), "halo-test-"));
  return { path: folder, close: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What two equal runs must agree on: final weights and every episode. */
export async function outcomeOf(run: string): Promise<{ readonly adapter: string; readonly weights: string; readonly episodes: string }> {
  const folder = await openRun(run, path.dirname(run));
  const last = await folder.lastCommit<CommitRecord>();
  if (!last) throw new Error(`${run} has no COMMIT`);
  const weights = await sha256Folder(folder.iteration(last.iteration).adapterPath);
  return { adapter: last.adapter.sha256, weights, episodes: await canonicalEpisodes(folder) };
}
