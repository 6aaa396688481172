import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { Fetched, FetchRequest } from "halo-agent";
import { fetchWheel } from "halo-agent/kit";
import { agisdk, defaultFolder, fetchCommand, verifyPackage } from "./agisdk.ts";

export interface FetchOptions extends FetchRequest {
  /** Name or path of a Python 3; "python3" when absent. */
  readonly python?: string;
}

/** Brings the REAL tasks and scripts to this machine. Nothing is installed and nothing of it is run. Throws HaloError. */
export async function fetchTasks(o: FetchOptions): Promise<Fetched> {
  return await fetchWheel({
    ...o,
    wheel: agisdk,
    folder: defaultFolder(),
    command: fetchCommand,
    codes: { failed: "HALO_FETCH_FAILED", content: "HALO_FETCH_CONTENT" },
    async copy(from, to) {
      await verifyPackage(from);
      await cp(join(from, agisdk.name), join(to, agisdk.name), { recursive: true });
    },
    verify: verifyPackage,
  });
}
