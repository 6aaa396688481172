import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { HaloError, isHaloError } from "../util/errors.ts";
import { nearest } from "../util/nearest.ts";
import { readJson } from "./json-file.ts";
import { runFormat, type RunInfo, type RunStatus } from "./run-info.ts";
import { RunFolder } from "./run-folder.ts";

/** One line of `halo runs list`. */
export interface RunListing {
  /** The folder's name, which commands take; a copy of a run has another one than its run.json says. */
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly seed: number;
  readonly created: string;
  /** Undefined when the run never started; STOPPED when its process was killed. */
  readonly status?: RunStatus;
  /** Why run.json or state.json cannot be read; name, seed and time are then empty. */
  readonly damage?: string;
  /** What to do about the damage. */
  readonly hint?: string;
}

/** All runs of a folder, oldest first, damaged ones before them. Folders without a run.json are not runs. */
export async function listRuns(runsDir: string): Promise<readonly RunListing[]> {
  const listings = await Promise.all((await folderNames(runsDir)).map((name) => listingOf(join(runsDir, name))));
  return listings.filter((run) => run !== undefined).sort((a, b) =>
    `${a.created} ${a.id}` < `${b.created} ${b.id}` ? -1 : 1
  );
}

async function listingOf(path: string): Promise<RunListing | undefined> {
  try {
    const run = await folderAt(path);
    if (!run) return undefined;
    const { name, seed, created } = run.info;
    const state = await run.readStatus();
    return { id: basename(path), path: run.path, name, seed, created, ...(state && { status: state.status }) };
  } catch (e) {
    if (!isHaloError(e, "HALO_RUN_CORRUPT")) throw e;
    const { message: damage, hint } = e;
    return { id: basename(path), path: resolve(path), name: "", seed: 0, created: "", damage, ...(hint && { hint }) };
  }
}

/** Whether a run is one that a command can do something with. */
export type Fits = (run: RunFolder) => boolean | Promise<boolean>;

/** What `latest` may be followed by, and the runs that are meant. */
const kinds: Readonly<Record<string, Fits>> = {
  train: ({ info }) => stageKinds(info).includes("train"),
  evaluate: ({ info }) => !stageKinds(info).includes("train"),
};

/** True for `latest`, `latest:train` and `latest:evaluate`. */
export const isLatest = (which: string): boolean =>
  which === "latest" || which.startsWith("latest:") && which.slice("latest:".length) in kinds;

/**
 * Opens a run by path, id, unique prefix of an id, or as the newest: "latest" is the newest run that `fits`, and the newest
 * of all where none does; "latest:train" has a train stage, "latest:evaluate" none. Throws HALO_RUN_NOT_FOUND naming the
 * nearest ids and HALO_RUN_AMBIGUOUS naming the candidates.
 */
export async function openRun(
  which: string,
  runsDir: string,
  { fits }: { readonly fits?: Fits } = {},
): Promise<RunFolder> {
  if (isLatest(which)) return await openLatest(which, { runsDir, fits });
  const isPath = /[\\/]/.test(which);
  const direct = isPath ? await folderAt(which) : which === "" ? undefined : await folderAt(join(runsDir, which));
  if (direct) return direct;
  const runs = await listRuns(runsDir);
  const ids = runs.map((run) => run.id);
  const candidates = which === "" || isPath ? [] : ids.filter((id) => id.startsWith(which));
  if (candidates.length > 1) {
    throw new HaloError(
      "HALO_RUN_AMBIGUOUS",
      `"${which}" names ${candidates.length} runs of ${runsDir}: ${candidates.join(", ")}`,
      {
        hint: "give more of the id",
      },
    );
  }
  const [id] = candidates;
  const found = id === undefined ? undefined : await folderAt(join(runsDir, id));
  if (found) return found;
  throw notFound(which, { runsDir, ids });
}

async function openLatest(
  which: string,
  { runsDir, fits = () => true }: { readonly runsDir: string; readonly fits: Fits | undefined },
): Promise<RunFolder> {
  const isOfKind = kinds[which.slice("latest:".length)] ?? (() => true);
  let newest: RunFolder | undefined;
  for (const { path } of [...await listRuns(runsDir)].filter((run) => !run.damage).reverse()) {
    const run = await folderAt(path);
    if (!run || !await isOfKind(run)) continue;
    if (await fits(run)) return run;
    newest ??= run;
  }
  if (newest) return newest;
  throw notFound(which, { runsDir, ids: (await listRuns(runsDir)).map(({ id }) => id) });
}

/** The kinds of a run's stages, in order; of an A/B run those that its arms share. */
export function stageKinds({ document }: Pick<RunInfo, "document">): readonly string[] {
  const { stages = [] } = document as { readonly stages?: readonly object[] };
  return stages.flatMap((stage) => Object.keys(stage));
}

interface Searched {
  readonly runsDir: string;
  readonly ids: readonly string[];
}

function notFound(which: string, { runsDir, ids }: Searched): HaloError {
  const what = `no run "${which}" in ${runsDir}`;
  const fail = (message: string, hint: string) => new HaloError("HALO_RUN_NOT_FOUND", message, { hint });
  if (ids.length === 0) return fail(`${what}, which has no runs`, "halo run makes one; --runs-dir names other folders");
  if (isLatest(which)) return fail(what, "halo runs");
  const near = nearest(which, ids);
  const newest = ids.slice(-3).reverse().join(", ");
  return fail(`${what}; ${near === undefined ? `the newest are ${newest}` : `did you mean ${near}?`}`, "halo runs");
}

async function folderAt(path: string): Promise<RunFolder | undefined> {
  const hint = "restore run.json from a copy: everything else of the run is still there";
  const info = await readJson(join(path, "run.json"), runFormat, { hint });
  return info && new RunFolder(resolve(path), info);
}

async function folderNames(runsDir: string): Promise<readonly string[]> {
  try {
    return (await readdir(runsDir, { withFileTypes: true }))
      .filter((e) => (e.isDirectory() || e.isSymbolicLink()) && !e.name.startsWith(".") && e.name !== "blobs")
      .map((e) => e.name);
  } catch (e) {
    if ((e as { code?: string }).code === "ENOENT") return [];
    throw e;
  }
}
