import { isHaloError } from "../../../core/util/errors.ts";
import { defaultFolder, readEarlierTasks, readTasks, type RealTask } from "../../../plugins/real/agisdk.ts";
import { findPython } from "../../../core/util/find-python.ts";

/** The tasks of a site and a Python, or why they are not here. */
export type Installed =
  | { readonly tasks: readonly RealTask[]; readonly python: string }
  | { readonly missing: string };

/** Looks for what `halo tasks fetch real` brings; anything but its absence is an error. */
export async function installed(site = "gomail", version: "v1" | "v2" = "v2"): Promise<Installed> {
  try {
    const all = await (version === "v1" ? readEarlierTasks : readTasks)(defaultFolder());
    const tasks = all.filter((task) => task.site === site);
    return { tasks, python: await findPython("python3") };
  } catch (e) {
    if (isHaloError(e, "HALO_REAL_MISSING")) return { missing: `${e.message}; halo tasks fetch real` };
    if (isHaloError(e, "HALO_PYTHON_NOT_FOUND")) return { missing: e.message };
    throw e;
  }
}
