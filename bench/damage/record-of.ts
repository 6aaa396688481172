import { dirname } from "node:path";
import { readInputs } from "../../core/record/inputs.ts";
import { readPages } from "../../core/record/page-keeper.ts";
import { openRun } from "../../core/record/runs.ts";
import { canonicalJson } from "../../core/util/canonical-json.ts";
import { sha256, sha256Folder } from "../../core/util/sha256.ts";

/**
 * Everything that a run's folder says and that equal runs agree on, each part as one digest: weights, episodes with their
 * steps, slots, batches, trees, pages, tasks set aside. Throws HALO_RUN_CORRUPT for a file that cannot be read.
 */
export async function recordOf(path: string): Promise<Readonly<Record<string, string>>> {
  const run = await openRun(path, dirname(path));
  await run.readStatus();
  await readInputs(path);
  await run.readEvents();
  await run.readMetrics();
  const parts: Record<string, string> = {
    episodes: digest([...await run.episodes()].sort(byId)),
    faults: digest([...await run.readFaults()].sort(byId)),
  };
  const ids = (await run.episodes()).map(({ id }) => id);
  for (const id of ids) parts[`steps of ${id}`] = digest(await run.readSteps(id));
  for (const n of await run.iterations()) {
    const it = run.iteration(n);
    const slots = await it.readSlots();
    ids.push(...slots.map(({ id }) => id));
    await it.checkFiles();
    const { trainMs: _, ...commit } = await it.readCommit() ?? { trainMs: 0 };
    parts[`iteration ${n}`] = digest([commit, slots, await it.readBatch() ?? null]);
    parts[`trees of ${n}`] = digest(await it.readTrees());
    parts[`weights ${n}`] = await sha256Folder(it.adapterPath);
    parts[`checkpoint ${n}`] = await sha256Folder(it.statePath);
  }
  for (const id of ids) parts[`pages of ${id}`] = digest(await readPages(path, id) ?? null);
  return parts;
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => a.id < b.id ? -1 : 1;

const digest = (value: unknown): string => sha256(canonicalJson(JSON.parse(JSON.stringify(value))));

/** Names of the parts that differ. */
export function differences(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]).sort();
}
