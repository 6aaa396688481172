import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { loadDocument, loadPipeline } from "../../core/config/load.ts";
import type { Done } from "../../core/record/events.ts";
import { createRun } from "../../core/record/run-folder.ts";
import { openRun } from "../../core/record/runs.ts";
import { runPipeline } from "../../core/run/pipeline.ts";
import { HaloError } from "../../core/util/errors.ts";
import { silentLog } from "../../core/util/log.ts";
import { packageRoot } from "../../core/util/package-root.ts";

/** One run of a bench's table: a pipeline with what is set on top of it. */
export interface RunRow {
  readonly name: string;
  readonly pipeline: string;
  readonly sets: readonly string[];
  /** A mode of configs/modes that the pipeline is run in. */
  readonly mode?: string;
  /** The row whose policy this one starts from. */
  readonly after?: string;
}

export interface RowOptions {
  readonly seed: number;
  /** Folder that keeps the runs, so that a row goes on where an earlier call stopped. */
  readonly out: string;
  readonly sets: readonly string[];
  readonly signal: AbortSignal;
}

/** A signal that stops a part of a bench after so many minutes; without a number it never does. */
export function partSignal(minutes: string | undefined): AbortSignal {
  const time = new AbortController();
  const stop = () => time.abort(new HaloError("HALO_INTERRUPTED", "the time for this part is over"));
  if (minutes !== undefined) setTimeout(stop, Number(minutes) * 60_000).unref();
  return time.signal;
}

/** Id of the run of a row with a seed. */
export const idOf = ({ name }: Pick<RunRow, "name">, seed: number): string => `${name}-${seed}`;

/** What a row came to, from an earlier call if that ended; undefined while it is stopped half way. */
export async function runRow(row: RunRow, o: RowOptions): Promise<Done | undefined> {
  const id = idOf(row, o.seed);
  const kept = path.join(o.out, `${id}.json`);
  if (existsSync(kept)) return JSON.parse(await readFile(kept, "utf8")) as Done;
  if (o.signal.aborted) return undefined;
  const begun = existsSync(path.join(o.out, id, "run.json")) ? await openRun(id, o.out) : undefined;
  const pipeline = begun
    ? await loadDocument(begun.info.document, { base: begun.info.base, env: process.env, sets: [] })
    : await loadPipeline(path.join(packageRoot(), `pipelines/${row.pipeline}.yaml`), {
      sets: [`seed=${o.seed}`, `runs_dir=${o.out}`, ...row.sets, ...await startOf(row, o), ...o.sets],
      ...(row.mode !== undefined && { mode: row.mode }),
      env: process.env,
      cwd: process.cwd(),
    });
  const folder = begun ?? await createRun(o.out, { ...pipeline, id });
  const done = await runPipeline(pipeline, {
    log: silentLog,
    signal: o.signal,
    packageRoot: packageRoot(),
    resume: folder,
  });
  if (!done.ok && o.signal.aborted) return undefined;
  if (!done.ok) throw new HaloError("HALO_BUG", `${id} ended with exit ${done.exit}: ${done.error?.message ?? ""}`);
  await writeFile(kept, JSON.stringify(done, undefined, 2));
  return done;
}

/** The adapter that the row before it published last. */
async function startOf({ after }: RunRow, { out, seed }: RowOptions): Promise<readonly string[]> {
  if (after === undefined) return [];
  const run = await openRun(idOf({ name: after }, seed), out);
  const last = await run.lastCommit();
  if (last === undefined) throw new HaloError("HALO_BUG", `${run.id} has not learned anything`);
  return [`policy.options.adapter=${run.iteration(last.iteration).adapterPath}`];
}
