import { Pictures } from "../../core/cli/pictures.ts";
import { loadPipeline } from "../../core/config/load.ts";
import type { RunFolder } from "../../core/record/run-folder.ts";
import { openRun } from "../../core/record/runs.ts";
import type { Seen, SeenPoint } from "../../core/record/seen.ts";
import { pointsOf } from "../../core/report/points-of.ts";
import { runPipeline } from "../../core/run/pipeline.ts";
import { keyedRng } from "../../core/stats/rng.ts";
import { HaloError } from "../../core/util/errors.ts";
import { mapLimited } from "../../core/util/limit.ts";
import { silentLog } from "../../core/util/log.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import { pictureDifference } from "./picture-difference.ts";
import { kindsOf, type PointKind, pointKinds } from "./point-kinds.ts";

/** A point whose screenshot was kept, to be shown again from its record. */
export interface DrawnPoint {
  readonly run: RunFolder;
  readonly seen: Seen;
  readonly point: SeenPoint;
  readonly kinds: readonly PointKind[];
}

/** A point that was shown again; `cause` is absent where every pixel was equal. */
export interface ShownAgain extends DrawnPoint {
  readonly cause?: string;
}

/** Runs a pipeline in small and keeps the screenshot of every page. */
export async function recordedRun(
  runsDir: string,
  { pipeline, iterations, tasks = 2, signal }: {
    readonly pipeline: string;
    readonly iterations: number;
    /** Of each iteration. */
    readonly tasks?: number;
    readonly signal: AbortSignal;
  },
): Promise<RunFolder> {
  const train = `{train: {iterations: ${iterations}, tasks_per_iteration: ${tasks}, max_waves: 1}}`;
  const sets = [
    `runs_dir=${runsDir}`,
    "record.screens=all",
    // Widening tries far more samples at a page than are needed here.
    "algorithm.options.widen=0",
    `stages=[{evaluate: {label: before, split: eval, sample_size: ${2 * iterations}}}, ${train}]`,
  ];
  const loaded = await loadPipeline(pipeline, { sets, env: {}, cwd: packageRoot() });
  const done = await runPipeline(loaded, { log: silentLog, signal, packageRoot: packageRoot() });
  if (done.error) throw new Error(`${done.error.code}: ${done.error.message}`);
  return await openRun(done.run, runsDir);
}

/** Draws points of a run at random: half of them where the page is special in some way, as far as there are such. */
export async function drawPoints(
  run: RunFolder,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<readonly DrawnPoint[]> {
  const all = shuffled(await recordedPoints(run), seed);
  const drawn = new Set<DrawnPoint>();
  for (const kind of pointKinds) {
    const special = all.filter((one) => one.kinds.includes(kind) && !drawn.has(one));
    for (const one of special.slice(0, Math.ceil(count / 2 / pointKinds.length))) drawn.add(one);
  }
  for (const one of all) if (drawn.size < count) drawn.add(one);
  return [...drawn].slice(0, count);
}

/** Shows each point from its record and compares it with the screenshot that was taken when it was met. */
export async function showAgain(points: readonly DrawnPoint[], signal: AbortSignal): Promise<readonly ShownAgain[]> {
  const pictures = new Pictures({ io: { log: silentLog, env: {}, signal } });
  try {
    return await mapLimited(points, 4, async (drawn): Promise<ShownAgain> => {
      const cause = await causeOf(drawn, pictures);
      return { ...drawn, ...(cause !== undefined && { cause }) };
    });
  } finally {
    await pictures.close();
  }
}

async function causeOf({ run, seen, point }: DrawnPoint, pictures: Pictures): Promise<string | undefined> {
  try {
    const [live, shown] = await Promise.all([run.blobs.get(point.page.shot!), pictures.make(run, seen, point)]);
    return pictureDifference(live, shown, point.page);
  } catch (e) {
    return e instanceof HaloError ? `${e.code}: ${e.message}` : String(e);
  }
}

async function recordedPoints(run: RunFolder): Promise<readonly DrawnPoint[]> {
  const found: DrawnPoint[] = [];
  const add = async (of: string, trunk: ReadonlySet<string> | undefined) => {
    const seen = await run.readPages(of);
    for (const point of seen?.points ?? []) {
      if (point.mark?.state === undefined || point.page.shot === undefined) continue;
      found.push({ run, seen: seen!, point, kinds: kindsOf(point, { isTrunk: trunk?.has(point.id) ?? true }) });
    }
  };
  for (const { id, label } of await run.episodes()) if (label !== "train") await add(id, undefined);
  for (const n of await run.iterations()) {
    for (const slot of await run.iteration(n).readSlots()) {
      await add(slot.id, new Set([...pointsOf(slot).values()].flatMap((points) => [...points.values()])));
    }
  }
  return found;
}

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const rng = keyedRng("exact", seed);
  return items.map((item) => ({ item, at: rng.next() })).sort((a, b) => a.at - b.at).map(({ item }) => item);
}
