import { isHaloError } from "../../../core/util/errors.ts";
import { pagesFolder } from "../../../plugins/miniwob/pages.ts";

/** Folder of the fetched pages; undefined, said on standard output, when they are not on this machine. */
export async function installed(): Promise<string | undefined> {
  try {
    return await pagesFolder();
  } catch (e) {
    if (!isHaloError(e, "HALO_MINIWOB_MISSING")) throw e;
    console.log("skipped: the MiniWoB++ pages are not here; halo tasks fetch miniwob");
    return undefined;
  }
}
