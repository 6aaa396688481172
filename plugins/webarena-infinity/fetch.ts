import { cp, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Fetched, type FetchRequest, HaloError } from "halo-agent";
import { appNames, clone, defaultFolder, fetchCommand, verifyApps } from "./clone.ts";

/** Parts of an app that are taken: its page, its lists of tasks with their verifiers, and the authors' scripted ends. */
const isTaken = (name: string): boolean =>
  ["index.html", "css", "js", "function-tasks", "real-tasks", "function-tasks.json", "real-tasks.json"].includes(
    name,
  ) ||
  /^sanity_check\w*\.py$/.test(name);

/** Takes the apps of a clone over into halo's cache. Nothing of it is run. Throws HALO_INFINITY_FETCH. */
export async function fetchApps({ from, to }: FetchRequest): Promise<Fetched> {
  const folder = to ?? defaultFolder();
  if (await readdir(folder).then((names) => names.length > 0, () => false)) {
    await verifyApps(folder);
    return { folder, isNew: false };
  }
  if (from === undefined) {
    throw new HaloError("HALO_INFINITY_FETCH", "WebArena-Infinity is taken from a clone of yours", {
      hint: `git clone ${clone.repository} && git checkout ${clone.commit}, then: ${fetchCommand}`,
    });
  }
  const apps = await appNames(from).catch((cause: unknown) => {
    throw new HaloError("HALO_INFINITY_FETCH", `${from} has no folder "apps"`, { hint: fetchCommand, cause });
  });
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}.part-`);
  try {
    for (const app of apps) {
      for (const name of (await readdir(join(from, "apps", app))).filter(isTaken)) {
        await cp(join(from, "apps", app, name), join(work, "apps", app, name), { recursive: true });
      }
    }
    await cp(join(from, "LICENSE"), join(work, "LICENSE")).catch(() => {});
    await verifyApps(work);
    await rename(work, folder);
    return { folder, isNew: true };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
