import { lstat, rename, rm, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { HaloError } from "../util/errors.ts";
import type { RunListing } from "./runs.ts";

/**
 * Removes a run folder. It vanishes from the list at once, whatever interrupts the rest; of a link only the link is
 * removed. Throws HALO_RUN_BUSY for a run that another process is at work on.
 */
export async function removeRun({ path, id, status }: RunListing): Promise<void> {
  if (status === "RUNNING") {
    throw new HaloError("HALO_RUN_BUSY", `${id} is being run; nothing of it was removed`, { hint: "end it first" });
  }
  if ((await lstat(path)).isSymbolicLink()) return await unlink(path);
  const gone = join(dirname(path), `.${basename(path)}.removed`);
  await rm(gone, { recursive: true, force: true });
  await rename(path, gone);
  await rm(gone, { recursive: true, force: true });
}
