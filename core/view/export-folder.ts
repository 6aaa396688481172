import { mkdir, mkdtemp, readdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { HaloError } from "../util/errors.ts";

/** Begins the name of what holds an export until it is whole. */
const unfinished = "unfinished-";

/**
 * Fills a folder, made now or empty: `fill` writes into one inside of it, what it wrote is moved up when all is there, the
 * file `last` after all else. When `fill` fails nothing of it stays. Throws HALO_VIEW_EXPORT for a folder that holds anything.
 */
export async function wholeFolder<T>(
  to: string,
  { folders, last }: { readonly folders: readonly string[]; readonly last: string },
  fill: (folder: string) => Promise<T>,
): Promise<T> {
  const isNew = await makeRoom(to);
  const inside = await mkdtemp(join(to, unfinished));
  const moved: string[] = [];
  try {
    for (const folder of folders) await mkdir(join(inside, folder));
    const value = await fill(inside);
    for (const name of [...folders, last]) {
      await rename(join(inside, name), join(to, name));
      moved.push(name);
    }
    await rmdir(inside);
    return value;
  } catch (e) {
    for (const path of [inside, ...moved.map((name) => join(to, name))]) {
      await rm(path, { recursive: true, force: true });
    }
    if (isNew) await rmdir(to).catch(() => {});
    throw e;
  }
}

/** Whether the folder had to be made. */
async function makeRoom(to: string): Promise<boolean> {
  const found = await readdir(to).catch((e: NodeJS.ErrnoException) => {
    if (e.code === "ENOENT") return undefined;
    throw e;
  });
  if (found === undefined) await mkdir(to, { recursive: true });
  if (found === undefined || found.length === 0) return found === undefined;
  const begun = found.find((name) => name.startsWith(unfinished));
  throw new HaloError(
    "HALO_VIEW_EXPORT",
    begun === undefined
      ? `${to} holds ${found.slice(0, 3).join(", ")} already`
      : `${to} holds ${begun}, an export that goes on or was killed before it was whole`,
    {
      hint: begun === undefined
        ? "choose another folder for --export, or empty it"
        : `choose another folder for --export; if none goes on, remove ${join(basename(to), begun)}`,
    },
  );
}
